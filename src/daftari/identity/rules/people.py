"""The people, the shops, and a person at work in a shop."""

from dataclasses import dataclass
from datetime import datetime

from daftari.identity.rules.roles import Role, may
from daftari.kernel.money import CURRENCIES, Currency, Notation

USUAL_DIGEST_HOUR = 9


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in. `phone` is E.164, `language` is `ar` or `en`."""

    id: str
    name: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop and its settings.

    `country`: ISO 3166 alpha-2; `currency`: ISO 4217; `zone`: IANA name; `digits`: `latn` or
    `arab`; `weekend`: days, Monday is 0; `calendar`: `gregorian`, or `hijri` for both;
    `due_days`: days until a new debt falls due, None for no due date. `digest_hour`: when its
    phones are told what is due today, None for never. `large_reversal_minor`: from which amount on
    a reversal is worth an alert, None for what is usual in its currency.
    """

    id: str
    name: str
    country: str
    currency: str
    zone: str
    digits: str
    notation: Notation
    weekend: tuple[int, ...]
    calendar: str
    due_days: int | None
    digest_hour: int | None = USUAL_DIGEST_HOUR
    large_reversal_minor: int | None = None

    @property
    def home(self) -> str:
        """Where the addresses of the shop's pages begin; no slash at the end."""
        return f"/s/{self.id}"

    @property
    def money(self) -> Currency:
        """The shop's currency with its decimals and names."""
        return CURRENCIES[self.currency]


@dataclass(frozen=True, slots=True)
class Session:
    """A living sign-in. `shop_id`: where it was last."""

    id: str
    person: Person
    shop_id: str | None
    created_at: datetime
    last_seen_at: datetime
    verified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """A person at work in a shop."""

    person: Person
    shop: Shop
    role: Role

    def may(self, permission: str) -> bool:
        return may(self.role, permission)


@dataclass(frozen=True, slots=True)
class Present:
    """A living sign-in of somebody who works in a shop."""

    session_id: str
    role: Role
    person_id: str
    name: str
    language: str

    def may(self, permission: str) -> bool:
        return may(self.role, permission)
