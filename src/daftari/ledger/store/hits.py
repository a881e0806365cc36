"""SQL of what a list comes to: how many are in it, and sums of what they owe and are owed."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, literal, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, total
from daftari.ledger.store.listing import TODAY, ListQuery, conditions, find_totals
from daftari.ledger.tables import balances, open_items

SUMS: Final = {
    "all": ("receivable", "payable", "late"),
    "late": ("late",),
    "owes": ("receivable", "late"),
    "owed": ("payable",),
    "settled": (),
    "archived": (),
}
"""The sums that say something about each filter."""

_IS_LATE = (customers.c.oldest_due_on < TODAY, customers.c.role != "supplier")
_COUNT_LATE = select(func.count()).where(*_IS_LATE)
_LATE_ROLES = select(literal("customer"), func.count()).where(*_IS_LATE)
# A debt above zero with a due date is a customer's: what a supplier waits for is below zero.
_IS_LATE_DEBT = (open_items.c.due_on < TODAY, open_items.c.effect_minor > 0)
_LATE_DEBTS = select(
    open_items.c.customer_id, open_items.c.currency, open_items.c.remaining_minor
).where(*_IS_LATE_DEBT)
_LATE_SUMS = (
    select(open_items.c.currency, total(open_items.c.remaining_minor))
    .where(*_IS_LATE_DEBT)
    .group_by(open_items.c.currency)
)
_FOREIGN = select(balances.c.customer_id, balances.c.currency, balances.c.balance_minor).where(
    balances.c.currency != bindparam("own"), balances.c.balance_minor != 0
)

Sums = Counter[tuple[str, str]]
"""Minor units by name and currency."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Everybody in a list, on whichever page. `sums`: above zero, by name and currency."""

    customers: int
    suppliers: int
    sums: Sums


def count_hits(tx: ReadTx, query: ListQuery, today: date, own: str, *, with_sums: bool) -> Hits:
    """What a filter or a search comes to. `own`: the shop's currency.

    Whom a search finds is asked once; their foreign balances and late debts are picked out of
    everybody's, which stand in indexes.
    """
    counts: Counter[str] = Counter()
    sums: Sums = Counter()
    if query.words:
        found = select(customers.c.id, customers.c.role, customers.c.balance_minor)
        rows = tx.execute(found.where(*conditions(query)), {"today": today}).all()
        counts.update(role for _, role, _ in rows)
        if with_sums:
            sums = _sums_of_found(tx, rows, today, own)
    else:
        by_role = select(customers.c.role, func.count()).group_by(customers.c.role)
        asked = _LATE_ROLES if query.filter == "late" else by_role.where(*conditions(query))
        for role, count in tx.execute(asked, {"today": today}):
            counts[role] = count
        if with_sums:
            sums = _sums_of_all(tx, SUMS[query.filter], today)
    told = Counter({one: minor for one, minor in sums.items() if one[0] in SUMS[query.filter]})
    return Hits(counts["customer"], counts["supplier"], +told)


def count_late(tx: ReadTx, today: date) -> int:
    """The number of customers with something due before today."""
    return tx.execute(_COUNT_LATE, {"today": today}).scalar_one()


def _sums_of_all(tx: ReadTx, names: Container[str], today: date) -> Sums:
    """The sums of everybody: a filter leaves out nobody whom its sums are of."""
    sums: Sums = Counter()
    for row in find_totals(tx):
        sums["receivable", row.currency] = row.receivable_minor
        sums["payable", row.currency] = row.payable_minor
    if "late" in names:
        for currency, minor in tx.execute(_LATE_SUMS, {"today": today}):
            sums["late", currency] = minor
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
