"""SQL of what a list comes to: how many are in it, and sums of what they owe and are owed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.sql.selectable import CTE

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, total
from daftari.ledger.store.listing import TODAY, ListQuery, conditions
from daftari.ledger.tables import balances, open_items

SUMS: Final = {
    "all": ("receivable", "payable", "late"),
    "late": ("receivable", "late"),
    "owes": ("receivable", "late"),
    "owed": ("payable",),
    "settled": (),
    "archived": (),
}
"""The sums that say something about each filter."""

_SIGNS = {"receivable": 1, "payable": -1}


_COUNT_LATE = select(func.count()).where(
    customers.c.oldest_due_on < TODAY, customers.c.role != "supplier"
)


@dataclass(frozen=True, slots=True)
class Hits:
    """Everybody in a list, on whichever page. `sums`: (name, currency, minor units above zero)."""

    customers: int
    suppliers: int
    sums: tuple[tuple[str, str, int], ...]


def count_hits(tx: ReadTx, query: ListQuery, today: date, *, with_sums: bool) -> Hits:
    """What a filter or a search comes to, from one statement."""
    parts = _parts(query, with_sums)
    counts: Counter[str] = Counter()
    sums = []
    for name, currency, number in tx.execute(union_all(*parts), {"today": today}):
        if currency:
            sums.append((name, currency, number))
        else:
            counts[name] += number
    return Hits(counts["customer"], counts["supplier"], tuple(sums))


def count_late(tx: ReadTx, today: date) -> int:
    """The number of customers with something due before today."""
    return tx.execute(_COUNT_LATE, {"today": today}).scalar_one()


def _parts(query: ListQuery, with_sums: bool) -> list[Select[Any]]:
    who = select(customers.c.id, customers.c.role).where(*conditions(query)).cte("hits")
    counts = select(who.c.role, literal(""), func.count()).group_by(who.c.role)
    return [counts, *(_sum(name, who) for name in SUMS[query.filter] if with_sums)]


def _sum(name: str, who: CTE) -> Select[Any]:
    if name == "late":
        return _LATE.join(who, who.c.id == open_items.c.customer_id)
    minor = balances.c.balance_minor * _SIGNS[name]
    return (
        select(literal(name), balances.c.currency, total(minor))
        .join(who, who.c.id == balances.c.customer_id)
        .where(minor > 0)
        .group_by(balances.c.currency)
    )


# A debt above zero with a due date is a customer's: what a supplier waits for is below zero.
_LATE = (
    select(literal("late"), open_items.c.currency, total(open_items.c.remaining_minor))
    .where(open_items.c.due_on < TODAY, open_items.c.effect_minor > 0)
    .group_by(open_items.c.currency)
)
