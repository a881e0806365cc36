"""SQL of open debts to the shop that have a due date, and of the sums of all that is due."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, total
from daftari.ledger.rules.kinds import direction
from daftari.ledger.tables import due_totals, entries, open_items

_OWED_TO_US = (open_items.c.effect_minor > 0, customers.c.role != "supplier")


class DueItem(NamedTuple):
    entry_id: str
    customer_id: str
    currency: str
    remaining_minor: int
    due_on: date


_DUE = (
    select(
        entries.c.id,
        open_items.c.customer_id,
        open_items.c.currency,
        open_items.c.remaining_minor,
        open_items.c.due_on,
    )
    .join(entries, entries.c.sequence == open_items.c.sequence)
    .join(customers, customers.c.id == open_items.c.customer_id)
    .where(
        open_items.c.due_on <= bindparam("until"),
        open_items.c.sequence <= bindparam("last"),
        *_OWED_TO_US,
    )
    .order_by(open_items.c.due_on, open_items.c.customer_id, open_items.c.sequence)
)
_DUE_OF = _DUE.where(open_items.c.customer_id.in_(bindparam("ids", expanding=True)))
_OLDEST = (
    select(func.min(open_items.c.due_on).label("due_on"))
    .join(customers, customers.c.id == open_items.c.customer_id)
    .where(
        open_items.c.due_on <= bindparam("today"),
        open_items.c.sequence <= bindparam("last"),
        *_OWED_TO_US,
    )
    .group_by(open_items.c.customer_id)
    .subquery()
)
_HOW_MANY = select(
    func.count().filter(_OLDEST.c.due_on == bindparam("today")),
    func.count().filter(_OLDEST.c.due_on < bindparam("today")),
).select_from(_OLDEST)
_NEXT = (
    select(func.min(open_items.c.due_on))
    .join(customers, customers.c.id == open_items.c.customer_id)
    .where(open_items.c.due_on > bindparam("after"), *_OWED_TO_US)
)

_LAST_BEFORE = (
    select(entries.c.sequence)
    .where(entries.c.recorded_at < bindparam("moment", type_=entries.c.recorded_at.type))
    .order_by(entries.c.sequence.desc())
    .limit(1)
)
_DUE_SUMS = (
    select(due_totals.c.currency, total(due_totals.c.remaining_minor).label("minor"))
    .where(
        due_totals.c.direction == bindparam("direction"), due_totals.c.due_on <= bindparam("today")
    )
    .group_by(due_totals.c.currency)
)


def find_due_items(
    tx: ReadTx, until: date, ids: Collection[str] | None, last: int
) -> list[DueItem]:
    """Open items due by that day, the earliest first; `ids` None for all customers.

    `last`: the sequence of the last entry that counts.
    """
    asked = {"until": until, "last": last}
    if ids is None:
        found = tx.execute(_DUE, asked)
    else:
        found = tx.execute(_DUE_OF, {**asked, "ids": list(ids)})
    return [DueItem._make(row) for row in found]


def count_debtors(tx: ReadTx, today: date, last: int) -> tuple[int, int]:
    """The number of customers with a debt due today and none older, and the number of late ones."""
    due, late = tx.execute(_HOW_MANY, {"today": today, "last": last}).one()
    return due, late


def find_next_due(tx: ReadTx, after: date) -> date | None:
    found: date | None = tx.scalar(_NEXT, {"after": after})
    return found


def find_last_before(tx: ReadTx, moment: datetime) -> int:
    """The sequence of the last entry recorded before the moment, 0 for none."""
    return tx.scalar(_LAST_BEFORE, {"moment": moment}) or 0


def sum_due(tx: ReadTx, today: date, role: str) -> dict[str, int]:
    """What is due by today of all customers of this role, by currency."""
    sums = tx.execute(_DUE_SUMS, {"today": today, "direction": direction(role)})
    return {row.currency: row.minor for row in sums}
