"""SQL of what a list comes to: how many are in it, and sums of what they owe and are owed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, literal, select, union_all

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, total
from daftari.ledger.store.listing import TODAY, ListQuery, conditions, find_totals
from daftari.ledger.tables import balances, due_totals, open_items

SUMS: Final = {
    "all": ("late",),
    "late": ("late",),
    "owes": ("receivable", "late"),
    "owed": ("payable",),
    "settled": (),
    "archived": (),
}
"""The sums that say something about each filter; the totals of the whole list stand above it."""
OF_A_SEARCH: Final = ("receivable", "payable", "late")

_IS_LATE = (customers.c.oldest_due_on < TODAY, customers.c.role != "supplier")
# A debt above zero with a due date is a customer's: what a supplier waits for is below zero.
_LATE_DEBTS = select(
    open_items.c.customer_id, open_items.c.currency, open_items.c.remaining_minor
).where(open_items.c.due_on < TODAY, open_items.c.effect_minor > 0)
_FOREIGN = select(balances.c.customer_id, balances.c.currency, balances.c.balance_minor).where(
    balances.c.currency != bindparam("own"), balances.c.balance_minor != 0
)
# What every look at the list says: three questions in one statement, each of an index alone.
_BOOK = union_all(
    select(literal("late_customers"), literal(""), func.count()).where(*_IS_LATE),
    select(literal("in_list"), customers.c.role, func.count())
    .where(customers.c.archived_at.is_(None))
    .group_by(customers.c.role),
    select(literal("late"), due_totals.c.currency, total(due_totals.c.remaining_minor))
    .where(due_totals.c.direction == 1, due_totals.c.due_on < TODAY)
    .group_by(due_totals.c.currency),
)

Sums = Counter[tuple[str, str]]
"""Minor units by name and currency."""


@dataclass(frozen=True, slots=True)
class BookCounts:
    """The whole book. `late`: the number of customers with something due before today; `in_list`:
    of those who are not archived, by role; `late_sums`: by currency.
    """

    late: int
    in_list: Mapping[str, int]
    late_sums: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Hits:
    """Everybody in a list, on whichever page. `sums`: above zero, by name and currency."""

    customers: int
    suppliers: int
    sums: Sums


def count_book(tx: ReadTx, today: date) -> BookCounts:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for name, of, count in tx.execute(_BOOK, {"today": today}):
        counts[name][of] = count
    return BookCounts(counts["late_customers"][""], counts["in_list"], counts["late"])


def count_hits(
    tx: ReadTx, query: ListQuery, today: date, own: str, book: BookCounts, *, with_sums: bool
) -> Hits:
    """What a filter or a search comes to. `own`: the shop's currency.

    Whom a search finds is asked once; their foreign balances and late debts are picked out of
    everybody's, which stand in indexes.
    """
    names = OF_A_SEARCH if query.words and query.filter == "all" else SUMS[query.filter]
    sums: Sums = Counter()
    if query.words:
        found = select(customers.c.id, customers.c.role, customers.c.balance_minor)
        rows = tx.execute(found.where(*conditions(query)), {"today": today}).all()
        counts: Mapping[str, int] = Counter(role for _, role, _ in rows)
        if with_sums:
            sums = _sums_of_found(tx, rows, today, own)
    else:
        counts = _count(tx, query, today, book)
        if with_sums:
            sums = _sums_of_all(tx, names, book)
    told = Counter({one: minor for one, minor in sums.items() if one[0] in names})
    return Hits(counts.get("customer", 0), counts.get("supplier", 0), +told)


def _count(tx: ReadTx, query: ListQuery, today: date, book: BookCounts) -> Mapping[str, int]:
    """How many a filter leaves, by role."""
    if query.filter == "all":
        return book.in_list
    if query.filter == "late":
        return {"customer": book.late}
    by_role = select(customers.c.role, func.count()).group_by(customers.c.role)
    found = tx.execute(by_role.where(*conditions(query)), {"today": today})
    return {row[0]: row[1] for row in found}


def _sums_of_all(tx: ReadTx, names: Collection[str], book: BookCounts) -> Sums:
    """The sums of everybody: a filter leaves out nobody whom its sums are of."""
    sums: Sums = Counter({("late", one): minor for one, minor in book.late_sums.items()})
    for row in find_totals(tx) if {"receivable", "payable"} & set(names) else ():
        sums["receivable", row.currency] = row.receivable_minor
        sums["payable", row.currency] = row.payable_minor
    return sums


def _sums_of_found(tx: ReadTx, rows: Any, today: date, own: str) -> Sums:
    found = {customer_id for customer_id, _, _ in rows}
    sums: Sums = Counter()
    main = ((customer_id, own, minor) for customer_id, _, minor in rows)
    for customer_id, currency, minor in (*main, *tx.execute(_FOREIGN, {"own": own})):
        if customer_id in found:
            sums["receivable" if minor > 0 else "payable", currency] += abs(minor)
    for customer_id, currency, minor in tx.execute(_LATE_DEBTS, {"today": today}):
        if customer_id in found:
            sums["late", currency] += minor
    return sums
