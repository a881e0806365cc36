"""SQL of refused items."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, WriteTx, insert_new
from daftari.ledger.tables import entries
from daftari.offline.tables import refusals

_c = refusals.c
_REFUSALS = (
    select(refusals, customers.c.name, customers.c.role)
    .outerjoin(customers, customers.c.id == _c.customer_id)
    .order_by(_c.settled_at.is_not(None), _c.at.desc(), _c.id.desc())
)


def note_refusal(tx: WriteTx, row: dict[str, Any], forgotten_before: datetime) -> bool:
    """Store a refused item, once for its id; a new one also deletes the oldest. Returns whether it
    is new.
    """
    is_new = insert_new(tx, refusals, row)
    if is_new:
        tx.execute(delete(refusals).where(_c.at < forgotten_before))
    return is_new


def find_refusals(tx: ReadTx, limit: int) -> Rows:
    """Refused items with `name` and `role` of the customer; what is not settled first, then the
    newest.
    """
    return tx.execute(_REFUSALS.limit(limit)).all()


def find_refusal(tx: ReadTx, refusal_id: str) -> Any:
    return tx.execute(select(refusals).where(_c.id == refusal_id)).one_or_none()


def settle(tx: WriteTx, ids: Sequence[str], settled_as: str, person_id: str, at: datetime) -> None:
    """Say what became of refused items."""
    settled = {"settled_as": settled_as, "settled_by": person_id, "settled_at": at}
    tx.execute(update(refusals).where(_c.id.in_(ids), _c.settled_at.is_(None)), settled)


def count_refusals_of(tx: ReadTx, person_id: str, reason: str) -> int:
    """How many items of a person were refused for this reason."""
    found = select(func.count()).where(_c.person_id == person_id, _c.reason == reason)
    return tx.execute(found).scalar_one()


def find_account_of(tx: ReadTx, entry_id: str) -> Any:
    """`customer_id` and `branch_id` of an entry that is in the book; None for an unknown one."""
    e = entries.c
    return tx.execute(select(e.customer_id, e.branch_id).where(e.id == entry_id)).one_or_none()


def find_entries(tx: ReadTx, ids: Collection[str]) -> Mapping[str, Any]:
    """Kind, amount and currency of entries, by id."""
    e = entries.c
    found = select(e.id, e.kind, e.amount_minor, e.currency).where(e.id.in_(ids))
    return {row.id: row for row in tx.execute(found)} if ids else {}
