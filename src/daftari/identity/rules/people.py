"""People, shops, sessions, and members of a shop."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from daftari.identity.rules.branches import (
    Branch,
    branch_for_entry,
    branch_with,
    current_branch,
)
from daftari.identity.rules.roles import (
    UNADJUSTED,
    Adjustments,
    Permission,
    Role,
    may,
    permissions_of,
)
from daftari.identity.rules.thresholds import USUAL, Thresholds
from daftari.kernel.clock import business_day, moment_of
from daftari.kernel.money import CURRENCIES, Currency, Notation

USUAL_DIGEST_HOUR = 9
ANSWERED_FOR = timedelta(days=30)
"""How long the phone of a former member is told what of its items was not written."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person who can sign in. `phone` is E.164, `language` is `ar` or `en`."""

    id: str
    name: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop and its settings.

    `country`: ISO 3166 alpha-2; `currency`: ISO 4217; `zone`: IANA name; `digits`: `latn` or
    `arab`; `weekend`: days, Monday is 0; `calendar`: `gregorian`, or `hijri` for both;
    `due_days`: days until a new debt is due, None for no due date. `digest_hour`: local hour of the
    daily digest of due debts, None for none. `large_reversal_minor`: the amount from which a
    reversal makes an alert, None for the default of the currency, 0 for never. `hijri_shift`: days
    by which the Hijri date is ahead of Umm al-Qura, -1 to 1; `day_ends`: the hour of the night at
    which the business day ends, 0 to 6. `free_discount`: the discount that needs no approval, in
    per cent of what is owed; None for none at all. `thresholds`: of the other alerts.
    `branches`: closed ones too; none where there is no second one, or they are not asked for.
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
    hijri_shift: int = 0
    day_ends: int = 0
    free_discount: int | None = None
    thresholds: Thresholds = USUAL
    branches: tuple[Branch, ...] = ()

    def day_of(self, at: datetime) -> date:
        """The business day of a moment: the civil date, or the one before until `day_ends`."""
        return business_day(at, self.zone, self.day_ends)

    def start_of(self, day: date) -> datetime:
        """The moment at which a business day begins."""
        return moment_of(day, time(self.day_ends), self.zone)

    @property
    def home(self) -> str:
        """The path prefix of the shop's pages, without a slash at the end."""
        return f"/s/{self.id}"

    @property
    def money(self) -> Currency:
        """The shop's currency with its decimals and names."""
        return CURRENCIES[self.currency]


def counter_path(shop_id: str, customer_id: str) -> str:
    """The page of an account that lies on the counter."""
    return f"/s/{shop_id}/customers/{customer_id}/counter"


@dataclass(frozen=True, slots=True)
class Session:
    """A valid session of a person. `shop_id`: the shop visited last; `codes_kept_at`: when the
    person kept the recovery codes, None while there are none or nobody has said so; `device`: the
    name of its browser; `counter_…`: the account that it shows on the counter; `lock_after`: the
    minutes without a touch after which it locks itself, 0 for never; `till_id`: the shared till on
    which it is a turn.
    """

    id: str
    person: Person
    shop_id: str | None
    created_at: datetime
    last_seen_at: datetime
    verified_at: datetime | None
    codes_kept_at: datetime | None
    device: str
    counter_shop_id: str | None = None
    counter_customer_id: str | None = None
    lock_after: int = 0
    till_id: str | None = None

    @property
    def counter_path(self) -> str:
        """The only page of a session that lies on the counter; '' where it does not."""
        if self.counter_shop_id is None:
            return ""
        return counter_path(self.counter_shop_id, self.counter_customer_id or "")


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a role in a shop. `session_id`: of the request; None outside of one.
    `adjusted`: what the person may besides the role, or may not. `branch_id`: of the branch that
    the person belongs to, None for all; `remembered`: of the one that was chosen last. `ended_at`:
    when the membership ended, after which he may nothing; only what his phone held is answered.
    """

    person: Person
    shop: Shop
    role: Role
    session_id: str | None = None
    adjusted: Adjustments = UNADJUSTED
    branch_id: str | None = None
    remembered: str | None = None
    ended_at: datetime | None = None

    def may(self, permission: str) -> bool:
        return self.ended_at is None and may(self.role, permission, self.adjusted)

    @property
    def permissions(self) -> frozenset[str]:
        """All that the member may do."""
        return frozenset() if self.ended_at else permissions_of(self.role, self.adjusted)

    def left_lately(self, now: datetime) -> bool:
        """Whether the membership ended, and not so long ago that nobody waits any more."""
        return self.ended_at is not None and now < self.ended_at + ANSWERED_FOR

    @property
    def branch(self) -> Branch | None:
        """The branch in which the member writes; None in a shop without branches."""
        return current_branch(self.shop.branches, self.branch_id, self.remembered)

    @property
    def branch_key(self) -> str | None:
        return self.branch.key if self.branch else None

    @property
    def only_branch(self) -> Branch | None:
        """The only branch that the member sees; None for who sees all."""
        if self.may(Permission.SEE_BRANCHES):
            return None
        return branch_with(self.shop.branches, self.branch_id)

    def sees(self, branch_key: str | None) -> bool:
        """Whether the member sees rows with this `branch_id`."""
        return self.only_branch is None or self.only_branch.key == branch_key

    def key_for_entry(self, asked: str | None) -> str | None:
        """The `branch_id` of a new entry. Raises what `branch_for_entry` raises."""
        branch = branch_for_entry(self.shop.branches, self.branch_id, self.branch, asked)
        return branch.key if branch else None

    def lent(self, permissions: Collection[str]) -> "Member":
        """The member with more permissions, which somebody lends for one act."""
        adjusted = self.adjusted
        granted = adjusted.granted | frozenset(permissions)
        return replace(self, adjusted=Adjustments(granted, adjusted.denied - granted))


@dataclass(frozen=True, slots=True)
class Present:
    """A valid session of a member of a shop."""

    session_id: str
    role: Role
    person_id: str
    name: str
    language: str
    adjusted: Adjustments = UNADJUSTED

    def may(self, permission: str) -> bool:
        return may(self.role, permission, self.adjusted)
