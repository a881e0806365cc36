"""Page objects: the data of the templates for people, shops and sign-in."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta

from daftari.db.base import ReadTx
from daftari.identity.actions.shops import settings_of
from daftari.identity.forms.shop import zones_for
from daftari.identity.rules import Member, Person, Session, Shop
from daftari.identity.rules.commands import ShopSettings
from daftari.identity.rules.fields import DAY_ENDS
from daftari.identity.rules.phones import shown_phone
from daftari.identity.store import passkeys, recovery, sessions
from daftari.identity.store import people as people_store
from daftari.kernel.calendar import weekday_name
from daftari.kernel.clock import civil_date
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.digits import shown
from daftari.kernel.edits import Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Reason, Refusal

Reasons = Mapping[str, Reason]
Choices = tuple[tuple[str, str], ...]
USUAL_COUNTRY = "SA"
_WEEK = tuple(date(2026, 1, 3) + timedelta(days) for days in range(7))  # from a Saturday on


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
    """The recovery codes page. `codes`: new ones, shown once, else empty. `left`: unspent ones."""

    codes: tuple[str, ...]
    left: int
    next: str


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """One passkey in the list. Dates are in the time zone of the person's shop."""

    id: str
    name: str
    added_on: date
    used_on: date | None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One session in the list of devices. `is_this`: the session of this request."""

    id: str
    name: str
    seen_on: date
    is_this: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page of the signed-in person. `home`: the address of the shop's book, or `/`."""

    person: Person
    phone: str
    passkeys: tuple[PasskeyRow, ...]
    devices: tuple[DeviceRow, ...]
    codes_left: int
    home: str
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class ShopPage:
    """The settings page of a shop, with stored or typed values."""

    shop: Shop
    typed: Mapping[str, str]
    weekend: frozenset[str]
    days: Choices
    zones: Choices
    day_ends: Choices
    country: str
    shown: Shown
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class MorePage:
    """The menu page, with links to everything but the book."""

    member: Member
    codes_left: int


def signup_page(is_open: bool, language: str) -> SignUpPage:
    return SignUpPage(is_open, country_choices(language))


def country_choices(language: str) -> Choices:
    """Code and name of every country, in the order of the Arabic names."""
    return tuple(
        (country.code, country.name_ar if language == "ar" else country.name_en)
        for country in COUNTRIES.values()
    )


def codes_page(tx: ReadTx, person_id: str, codes: tuple[str, ...]) -> CodesPage:
    return CodesPage(codes, recovery.unspent_codes(tx, person_id), home_path(tx, person_id))


def person_page(tx: ReadTx, session: Session, now: datetime, reasons: Reasons) -> PersonPage:
    """The page of the signed-in person; five SQL statements whatever the length of the lists."""
    person = session.person
    home = people_store.home_of(tx, person.id)
    shop = people_store.find_shop(tx, home) if home else None
    zone = shop.zone if shop else "UTC"
    return PersonPage(
        person=person,
        phone=shown_phone(person.phone),
        passkeys=tuple(_passkey_rows(tx, person.id, zone)),
        devices=tuple(_device_rows(tx, session, zone, now)),
        codes_left=recovery.unspent_codes(tx, person.id),
        home=f"{shop.home}/" if shop else "/",
        reasons=reasons,
    )


def home_path(tx: ReadTx, person_id: str) -> str:
    """The path of the shop the person visited last; without a shop, the person's own page."""
    home = people_store.home_of(tx, person_id)
    return f"/s/{home}/" if home else "/account"


def more_page(tx: ReadTx, member: Member) -> MorePage:
    return MorePage(member, recovery.unspent_codes(tx, member.person.id))


def shop_page(
    shop: Shop,
    language: str,
    typed: Typed | None = None,
    weekend: Iterable[str] = (),
    refusal: Refusal | None = None,
) -> ShopPage:
    """The settings page with the stored values, or as typed with its refusals. Where others changed
    them meanwhile it is as it would be now, but for what was changed here.
    """
    settings = settings_of(shop)
    texts = _setting_texts(shop, settings, language)
    marked = frozenset(map(str, settings.weekend))
    if typed is None or refusal is None:
        return _shop_page(shop, texts, marked, Shown.of(asdict(settings)), {}, language)
    as_typed = texts | {name: typed[name] for name in texts if name in typed}
    if not isinstance(refusal, Stale):
        said = Shown.sent(typed)
        return _shop_page(shop, as_typed, weekend, said, refusal.reasons, language)
    kept = {name: as_typed[name] for name in refusal.touched if name in texts}
    days = weekend if "weekend" in refusal.touched else marked
    said = Shown.of(asdict(settings), refusal.conflicts)
    reasons = refusal.asking(
        lambda name, value: _setting_texts(shop, replace(settings, **{name: value}), language)[name]
    )
    return _shop_page(shop, texts | kept, days, said, reasons, language)


def _setting_texts(shop: Shop, settings: ShopSettings, language: str) -> dict[str, str]:
    """The settings as the form shows them, by field."""
    due_days = "" if settings.due_days is None else shown(str(settings.due_days), shop.digits)
    names = {day.weekday(): weekday_name(day, language) for day in _WEEK}
    weekend = [names[day] for day in settings.weekend]
    texts = {name: str(value) for name, value in asdict(settings).items()}
    return texts | {"due_days": due_days, "weekend": "\n".join(weekend)}


def _shop_page(
    shop: Shop,
    typed: Mapping[str, str],
    weekend: Iterable[str],
    said: Shown,
    reasons: Reasons,
    language: str,
) -> ShopPage:
    names = dict(country_choices(language))
    by_zone = {country.zone: names[code] for code, country in COUNTRIES.items()}
    zones = tuple((zone, by_zone.get(zone, zone)) for zone in zones_for(shop))
    days = tuple((str(day.weekday()), weekday_name(day, language)) for day in _WEEK)
    ends = tuple((hour, shown(f"{int(hour):02}:00", shop.digits)) for hour in DAY_ENDS)
    country = names[shop.country]
    return ShopPage(shop, typed, frozenset(weekend), days, zones, ends, country, said, reasons)


def _passkey_rows(tx: ReadTx, person_id: str, zone: str) -> Iterable[PasskeyRow]:
    for row in passkeys.passkey_rows(tx, person_id):
        used = row["last_used_at"]
        yield PasskeyRow(
            row["id"],
            row["name"],
            civil_date(row["created_at"], zone),
            civil_date(used, zone) if used else None,
        )


def _device_rows(tx: ReadTx, session: Session, zone: str, now: datetime) -> Iterable[DeviceRow]:
    for row in sessions.living_sessions(tx, session.person.id, now):
        seen_on = civil_date(row["last_seen_at"], zone)
        yield DeviceRow(row["id"], row["device"], seen_on, row["id"] == session.id)
