"""The month's end, beside the list on a wide screen: late by age, largest debts, today."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from daftari.db.base import ReadTx, Rows
from daftari.identity.rules import Member
from daftari.ledger.pages.branches import read_branch
from daftari.ledger.rules.sums import AGES
from daftari.ledger.store.month_end import (
    find_largest,
    find_late_by_age,
    find_today,
    sum_today,
)

LARGEST: Final = 10
NEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class AgeRow:
    """What is late by so many days. `last_day`: None for the oldest; `per_cent` of all that is."""

    first_day: int
    last_day: int | None
    customers: int
    minor: int
    per_cent: int


@dataclass(frozen=True, slots=True)
class LateByAge:
    """What is late in one currency, by its age."""

    currency: str
    rows: tuple[AgeRow, ...]
    minor: int


@dataclass(frozen=True, slots=True)
class LargeDebt:
    href: str
    name: str
    nickname: str
    minor: int


@dataclass(frozen=True, slots=True)
class TodaysSum:
    """The entries of one kind that were written today."""

    is_supplier: bool
    kind: str
    currency: str
    entries: int
    minor: int


@dataclass(frozen=True, slots=True)
class TodaysEntry:
    href: str
    name: str
    is_supplier: bool
    kind: str
    currency: str
    minor: int


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """View model of the month's end. `late`: the shop's own currency first; `branch`: the name of
    the one that it is of, whose largest debts are not told: a balance is the whole shop's.
    """

    late: tuple[LateByAge, ...]
    largest: tuple[LargeDebt, ...]
    sums: tuple[TodaysSum, ...]
    newest: tuple[TodaysEntry, ...]
    branch: str = ""


def month_end(tx: ReadTx, member: Member, today: date, chosen: str = "") -> MonthEnd:
    """The month's end from four statements, whatever the size of the book."""
    home, branch = member.shop.home, read_branch(member, chosen)
    largest = () if branch else find_largest(tx, LARGEST)
    return MonthEnd(
        late=_late(find_late_by_age(tx, today), member.shop.currency),
        largest=tuple(
            LargeDebt(_account(home, row.id), row.name, row.nickname or "", row.balance_minor)
            for row in largest
        ),
        sums=tuple(
            TodaysSum(row.role == "supplier", row.kind, row.currency, row.entries, row.minor)
            for row in sum_today(tx, today)
        ),
        newest=tuple(_entry(row, home) for row in find_today(tx, today, NEWEST)),
        branch=branch.name if branch else "",
    )


def _late(rows: Rows, own: str) -> tuple[LateByAge, ...]:
    found = [
        _by_age(currency, {row.age: row for row in group})
        for currency, group in groupby(rows, key=lambda row: row.currency)
    ]
    return tuple(sorted(found, key=lambda one: (one.currency != own, one.currency)))


def _by_age(currency: str, rows: dict[int, Any]) -> LateByAge:
    """All ages, also those in which nothing is late."""
    minor = sum(row.minor for row in rows.values())
    ages = []
    for at, (first, last) in enumerate(zip((0, *AGES), (*AGES, None), strict=True)):
        here = rows[at].minor if at in rows else 0
        customers = rows[at].customers if at in rows else 0
        ages.append(AgeRow(first + 1, last, customers, here, 100 * here // minor))
    return LateByAge(currency, tuple(ages), minor)


def _entry(row: Any, home: str) -> TodaysEntry:
    return TodaysEntry(
        href=_account(home, row.customer_id),
        name=row.name,
        is_supplier=row.role == "supplier",
        kind=row.kind,
        currency=row.currency,
        minor=row.amount_minor,
    )


def _account(home: str, customer_id: str) -> str:
    return f"{home}/customers/{customer_id}"
