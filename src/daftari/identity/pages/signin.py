"""Page objects of sign-up, sign-in, recovery codes and the menu."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.actions.handovers import is_offered_to
from daftari.identity.rules import Member, Session, Shop
from daftari.identity.store import memberships, people, recovery
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.refusal import Reason

Reasons = Mapping[str, Reason]
Choices = tuple[tuple[str, str], ...]
USUAL_COUNTRY = "SA"


@dataclass(frozen=True, slots=True)
class LandingPage:
    """The landing page. `is_open`: whether sign-up is on; `is_known_browser`: somebody signed in
    with this browser before; `origin`: of the addresses in the preview that messengers show.
    """

    is_open: bool
    is_known_browser: bool
    origin: str


@dataclass(frozen=True, slots=True)
class SignUpPage:
    """The sign-up page. `countries`: code and name of each. `is_open`: whether sign-up is on."""

    is_open: bool
    countries: Choices
    typed: Mapping[str, str] = field(default_factory=lambda: {"country": USUAL_COUNTRY})
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The pages for sign-in, recovery and passkey check. `next`: local path to redirect to."""

    next: str = "/"
    typed: Mapping[str, str] = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodesPage:
    """The recovery codes page. `codes`: new ones, shown once, else empty. `left`: unspent ones;
    `is_kept`: the person has said that they are kept.
    """

    codes: tuple[str, ...]
    left: int
    is_kept: bool
    next: str


@dataclass(frozen=True, slots=True)
class MorePage:
    """The menu page, with links to everything but the book. `shops`: all those of the member,
    where there are several; `is_offered`: the shop is offered to the member.
    """

    member: Member
    codes_left: int
    shops: tuple[Shop, ...]
    is_offered: bool


def signup_page(is_open: bool, language: str) -> SignUpPage:
    return SignUpPage(is_open, country_choices(language))


def country_choices(language: str) -> Choices:
    """Code and name of every country, in the order of the Arabic names."""
    return tuple(
        (country.code, country.name_ar if language == "ar" else country.name_en)
        for country in COUNTRIES.values()
    )


def codes_page(tx: ReadTx, session: Session, codes: tuple[str, ...]) -> CodesPage:
    person_id, is_kept = session.person.id, session.codes_kept_at is not None
    left = recovery.unspent_codes(tx, person_id)
    return CodesPage(codes, left, is_kept, home_path(tx, person_id))


def home_path(tx: ReadTx, person_id: str) -> str:
    """The path of the shop the person visited last; without a shop, the person's own page."""
    home = people.home_of(tx, person_id)
    return f"/s/{home}/" if home else "/account"


def more_page(tx: ReadTx, member: Member, now: datetime) -> MorePage:
    shops = tuple(memberships.shops_of(tx, member.person.id))
    codes_left = recovery.unspent_codes(tx, member.person.id)
    is_offered = is_offered_to(tx, member, now)
    return MorePage(member, codes_left, shops if len(shops) > 1 else (), is_offered)
