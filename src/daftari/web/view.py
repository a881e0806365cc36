"""The template context of every page: language, direction, digits, shop, person and request.

The access guard puts `person` and `member` into the scope's state when somebody is signed in, the
shop's context `frame` when it reads a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Protocol

from litestar.connection import ASGIConnection

from daftari.kernel.languages import LANGUAGES
from daftari.kernel.money import POINT, Notation
from daftari.web.after_saving import SAVED
from daftari.web.assets import Assets
from daftari.web.hx import is_htmx
from daftari.web.requests import AnyRequest, path_of

LANGUAGE_COOKIE: Final = "language"
AMOUNTS_COOKIE: Final = "amounts"


class SeenSession(Protocol):
    @property
    def id(self) -> str: ...


class SeenPerson(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def language(self) -> str: ...


class SeenShop(Protocol):
    """The shop as templates see it: `notation` and `digits` for amounts, `zone` for times."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def currency(self) -> str: ...
    @property
    def digits(self) -> str: ...
    @property
    def notation(self) -> Notation: ...
    @property
    def zone(self) -> str: ...
    @property
    def calendar(self) -> str: ...
    @property
    def hijri_shift(self) -> int: ...
    @property
    def day_ends(self) -> int: ...


class SeenMember(Protocol):
    @property
    def person(self) -> SeenPerson: ...
    @property
    def shop(self) -> SeenShop: ...
    @property
    def permissions(self) -> frozenset[str]: ...
    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class PhoneMark:
    """What a page of a shop passes to its scripts: ids, the key of the offline book (`unlock`), and
    what the member may do now (`may`), by which the phone knows that its copy is of another role.
    """

    person: str
    shop: str
    session: str
    unlock: str
    may: str


@dataclass(frozen=True, slots=True)
class FormerMark:
    """What a page outside of a shop passes to `js/former.js`, which reads the shop in its address:
    so that a page that is not found is the same to the last byte for any shop.
    """

    person: str
    session: str
    unlock: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What the frame of every full page of a shop shows.

    `due_count`: customers with something due by today; `unread_alerts`: those of the member;
    `approvals`: requests that wait for the member's answer.
    """

    due_count: int
    unread_alerts: int
    approvals: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """The template context of one page. `path` includes the query string.

    `request_id` is the id to tell an operator. `shop`, `member` and `phone` are None outside a
    shop; `person` is None when nobody is signed in. `frame` is None in a fragment,
    outside a shop, and where the shop's file was not read. `is_saved`: something was just saved.
    `hides_amounts`: this phone blurs them (`js/hide-amounts.js`). `locks`: this device locks itself
    (`js/lock.js`). `is_turn`: the person's turn on a shared till.
    """

    language: str
    direction: str
    digits: str
    notation: Notation
    zone: str
    path: str
    is_htmx: bool
    request_id: str
    asset: Callable[[str], str]
    person: SeenPerson | None
    member: SeenMember | None
    shop: SeenShop | None
    phone: PhoneMark | None = None
    frame: Frame | None = None
    is_saved: bool = False
    hides_amounts: bool = False
    locks: bool = False
    is_turn: bool = False


def view_of(request: AnyRequest) -> View:
    """The template context of a request."""
    state = request.scope["state"]
    member: SeenMember | None = state.get("member")
    person: SeenPerson | None = state.get("person")
    shop = member.shop if member else None
    language = language_of(request)
    return View(
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        digits=shop.digits if shop else "latn",
        notation=shop.notation if shop else POINT,
        zone=shop.zone if shop else "UTC",
        path=path_of(request),
        is_htmx=is_htmx(request),
        request_id=state.get("request_id", ""),
        asset=assets().url,
        person=person,
        member=member,
        shop=shop,
        phone=_phone(request, member) if member else None,
        frame=state.get("frame"),
        is_saved=SAVED in request.cookies,
        locks=bool(getattr(state.get("session"), "lock_after", 0)),
        is_turn=getattr(state.get("session"), "till_id", None) is not None,
        hides_amounts=request.cookies.get(AMOUNTS_COOKIE) == "hidden",
    )


def _phone(request: AnyRequest, member: SeenMember) -> PhoneMark:
    session: SeenSession = request.scope["state"]["session"]
    person, may = member.person.id, " ".join(sorted(member.permissions))
    return PhoneMark(person, member.shop.id, session.id, request.app.state.unlock(person), may)


def former_mark(request: AnyRequest) -> FormerMark | None:
    """The mark by which a page lets the phone look after its copy of a book that is closed to who
    is signed in; None when nobody is.
    """
    state = request.scope["state"]
    person: SeenPerson | None = state.get("person")
    if person is None:
        return None
    session: SeenSession = state["session"]
    unlock = request.app.state.unlock(person.id)
    return FormerMark(person.id, session.id, unlock)


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The language of a response: the person's, else the cookie's, the browser's, or Arabic."""
    person: SeenPerson | None = connection.scope["state"].get("person")
    if person is not None:
        return person.language
    chosen = connection.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return _browsers_choice(connection.headers.get("accept-language", ""))


@cache
def assets() -> Assets:
    """The static assets, read once."""
    return Assets.read()


def _browsers_choice(header: str) -> str:
    """The first supported language of `Accept-Language`; browsers list the preferred ones first."""
    for part in header.lower().split(","):
        language = part.partition(";")[0].strip().partition("-")[0]
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
