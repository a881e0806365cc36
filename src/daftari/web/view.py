"""What every template knows about who is reading: language, direction, digits, shop, way of asking.

The guard leaves `person` and `member` in the scope's state; a stranger has neither.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Protocol

from litestar.connection import ASGIConnection

from daftari.kernel.money import POINT, Notation
from daftari.web.assets import Assets
from daftari.web.hx import is_htmx
from daftari.web.i18n import LANGUAGES
from daftari.web.requests import AnyRequest

LANGUAGE_COOKIE: Final = "language"


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
    """What a page may need of the shop: `notation` and `digits` for amounts, `zone` for times."""

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


class SeenMember(Protocol):
    @property
    def person(self) -> SeenPerson: ...
    @property
    def shop(self) -> SeenShop: ...
    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class PhoneMark:
    """What a page inside a shop tells the phone that shows it. `unlock`: opens what lies there."""

    person: str
    shop: str
    session: str
    unlock: str


@dataclass(frozen=True, slots=True)
class View:
    """The frame of one page. `path` holds the query too; `request_id` is what to tell an operator.

    `shop`, `member` and `phone` are None outside a shop, `person` is None for a stranger.
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


def view_of(request: AnyRequest) -> View:
    """The view of this request."""
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
    )


def _phone(request: AnyRequest, member: SeenMember) -> PhoneMark:
    session: SeenSession = request.scope["state"]["session"]
    person = member.person.id
    return PhoneMark(person, member.shop.id, session.id, request.app.state.unlock(person))


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The person's own language, else the chosen one, else the browser's, else Arabic."""
    person: SeenPerson | None = connection.scope["state"].get("person")
    if person is not None:
        return person.language
    chosen = connection.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return _browsers_choice(connection.headers.get("accept-language", ""))


def path_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Path and query as they were asked for."""
    scope = connection.scope
    raw = scope.get("raw_path") or scope["path"].encode()
    query = scope.get("query_string", b"")
    return (raw.partition(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")


@cache
def assets() -> Assets:
    """The files the browser gets, read once."""
    return Assets.read()


def _browsers_choice(header: str) -> str:
    """The first language of `Accept-Language` we speak; browsers list them best first."""
    for part in header.lower().split(","):
        language = part.partition(";")[0].strip().partition("-")[0]
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
