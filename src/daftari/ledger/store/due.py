"""What is owed to the shop and has its day."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from daftari.customers.tables import customers
from daftari.db.base import Tx
from daftari.ledger.tables import balances, entries, open_items

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
    .where(open_items.c.due_on <= bindparam("until"), *_OWED_TO_US)
    .order_by(open_items.c.due_on, open_items.c.customer_id, open_items.c.sequence)
)
_DUE_OF = _DUE.where(open_items.c.customer_id.in_(bindparam("ids", expanding=True)))
_NEXT = (
    select(func.min(open_items.c.due_on))
    .join(customers, customers.c.id == open_items.c.customer_id)
    .where(open_items.c.due_on > bindparam("after"), *_OWED_TO_US)
)
_BALANCE = select(balances.c.balance_minor).where(
    balances.c.customer_id == bindparam("customer_id"),
    balances.c.currency == bindparam("currency"),
)


def find_due_items(tx: Tx, until: date, ids: Collection[str] | None) -> list[DueItem]:
    """Due by that day, the longest waiting first; of these customers, None for everybody."""
    if ids is None:
        found = tx.execute(_DUE, {"until": until})
    else:
        found = tx.execute(_DUE_OF, {"until": until, "ids": list(ids)})
    return [DueItem._make(row) for row in found]


def find_next_due(tx: Tx, after: date) -> date | None:
    found: date | None = tx.scalar(_NEXT, {"after": after})
    return found


def find_balance(tx: Tx, customer_id: str, currency: str) -> int:
    found = tx.scalar(_BALANCE, {"customer_id": customer_id, "currency": currency})
    return found or 0
