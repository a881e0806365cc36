"""SQL of open items and allocations."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, or_, select

from daftari.db.base import ReadTx, WriteTx, add, put
from daftari.ledger.rules.allocation import Allocation, OpenItem
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.refusals import Account
from daftari.ledger.tables import allocations, entries, open_items

_ITEM = (
    open_items.c.sequence,
    open_items.c.occurred_on,
    open_items.c.due_on,
    open_items.c.effect_minor,
    open_items.c.remaining_minor,
)
_OF_ACCOUNT = select(*_ITEM).where(
    open_items.c.customer_id == bindparam("customer_id"),
    open_items.c.currency == bindparam("currency"),
)
_DEBITS = _OF_ACCOUNT.where(open_items.c.effect_minor > 0)
_CREDITS = _OF_ACCOUNT.where(open_items.c.effect_minor < 0)
_PUT = put(open_items, "remaining_minor")
_CLOSE = delete(open_items).where(
    open_items.c.customer_id == bindparam("customer_id"),
    open_items.c.currency == bindparam("currency"),
    open_items.c.sequence == bindparam("sequence"),
)
_ADD_COVERS = add(allocations, "amount_minor")
_COVERS_OF = select(allocations).where(
    or_(
        allocations.c.credit_sequence == bindparam("sequence"),
        allocations.c.debit_sequence == bindparam("sequence"),
    )
)
_DROP_COVERS = delete(allocations).where(
    or_(
        allocations.c.credit_sequence == bindparam("line"),
        allocations.c.debit_sequence == bindparam("line"),
    )
)
_AS_ITEMS = select(
    entries.c.sequence, entries.c.occurred_on, entries.c.due_on, entries.c.effect_minor
).where(entries.c.sequence.in_(bindparam("sequences", expanding=True)))
_OLDEST_DUE = select(func.min(open_items.c.due_on)).where(
    open_items.c.customer_id == bindparam("customer_id"),
    open_items.c.effect_minor * bindparam("direction") > 0,
)


def find_items(tx: ReadTx, customer_id: str, currency: str) -> list[OpenItem]:
    """All open items of one customer in one currency."""
    return _items(tx, _OF_ACCOUNT, customer_id, currency)


def find_opposite_items(tx: ReadTx, customer_id: str, currency: str, effect: int) -> list[OpenItem]:
    """Open items to which an entry of this effect can be allocated."""
    return _items(tx, _CREDITS if effect > 0 else _DEBITS, customer_id, currency)


def put_items(tx: WriteTx, customer_id: str, currency: str, items: Iterable[OpenItem]) -> None:
    """Store the open amount of each item; an item without any is deleted."""
    place = {"customer_id": customer_id, "currency": currency}
    rows = [place | {name: getattr(item, name) for name in OpenItem.__slots__} for item in items]
    closed = [row for row in rows if not row["remaining_minor"]]
    left = [row for row in rows if row["remaining_minor"]]
    if closed:
        tx.execute(_CLOSE, closed)
    if left:
        tx.execute(_PUT, left)


def add_covers(tx: WriteTx, covers: Sequence[Allocation]) -> None:
    """Add allocations; an amount between the same two entries is increased."""
    if covers:
        rows = [{name: getattr(cover, name) for name in Allocation.__slots__} for cover in covers]
        tx.execute(_ADD_COVERS, rows)


def take_covers(tx: WriteTx, sequence: int) -> list[Allocation]:
    """Delete all allocations of an entry. Returns them."""
    covers = [
        Allocation(**row) for row in tx.execute(_COVERS_OF, {"sequence": sequence}).mappings()
    ]
    tx.execute(_DROP_COVERS, {"line": sequence})
    return covers


def find_as_items(tx: ReadTx, sequences: Sequence[int]) -> list[OpenItem]:
    """Entries as items with nothing remaining, to be reopened."""
    rows = tx.execute(_AS_ITEMS, {"sequences": sequences}).mappings()
    return [OpenItem(remaining_minor=0, **row) for row in rows]


def find_oldest_due(tx: ReadTx, account: Account) -> date | None:
    """The earliest due date of open items on the owing side, in any currency."""
    place = {"customer_id": account.customer_id, "direction": direction(account.role)}
    oldest: date | None = tx.scalar(_OLDEST_DUE, place)
    return oldest


def _items(tx: ReadTx, statement: Select[Any], customer_id: str, currency: str) -> list[OpenItem]:
    place = {"customer_id": customer_id, "currency": currency}
    return [OpenItem(*row) for row in tx.execute(statement, place)]
