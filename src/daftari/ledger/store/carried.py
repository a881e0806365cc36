"""SQL of the entries of a carry-over."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select

from daftari.db.base import ReadTx, WriteTx
from daftari.ledger.rules.chain import Entry
from daftari.ledger.tables import carried_entries, entries

_mine = carried_entries.alias("mine")
_reversal = entries.alias("reversal")
_STANDING = (
    select(carried_entries.c.entry_id)
    .join(_mine, _mine.c.carry_id == carried_entries.c.carry_id)
    .outerjoin(_reversal, _reversal.c.reverses_id == carried_entries.c.entry_id)
    .where(_mine.c.entry_id == bindparam("entry_id"), _reversal.c.id.is_(None))
    .order_by(carried_entries.c.number)
)
_OF_ITS_OWN = select(_mine.c.carry_id).where(_mine.c.entry_id == bindparam("entry_id"))
# What closes an item on its account names it.
_CARRIED_SINCE = (
    select(entries.c.sequence)
    .join(carried_entries, carried_entries.c.entry_id == entries.c.id)
    .outerjoin(_reversal, _reversal.c.reverses_id == entries.c.id)
    .where(
        entries.c.customer_id == bindparam("customer_id"),
        entries.c.currency == bindparam("currency"),
        entries.c.sequence > bindparam("sequence"),
        entries.c.for_id.is_not(None),
        _reversal.c.id.is_(None),
        carried_entries.c.carry_id.not_in(_OF_ITS_OWN),
    )
    .limit(1)
)
_reversed_by = entries.alias("reversed_by")
_OBSTACLES = select(
    select(_reversed_by.c.id)
    .where(_reversed_by.c.reverses_id == bindparam("entry_id"))
    .scalar_subquery()
    .label("reversed_by"),
    _CARRIED_SINCE.scalar_subquery().label("carried_at"),
)


def insert_carried(tx: WriteTx, carry_id: str, entry_ids: Sequence[str]) -> None:
    rows = [
        {"carry_id": carry_id, "number": number, "entry_id": entry_id}
        for number, entry_id in enumerate(entry_ids)
    ]
    if rows:
        tx.execute(insert(carried_entries), rows)


def find_standing(tx: ReadTx, entry_id: str) -> list[str]:
    """The entries of the same carry-over that are not reversed; none for any other entry."""
    return list(tx.scalars(_STANDING, {"entry_id": entry_id}))


def is_carried(tx: ReadTx, entry_id: str) -> bool:
    """Whether the entry belongs to a carry-over."""
    found = select(_mine.c.number).where(_mine.c.entry_id == bindparam("entry_id"))
    return tx.scalar(found, {"entry_id": entry_id}) is not None


def find_obstacles(tx: ReadTx, entry: Entry) -> tuple[str | None, bool]:
    """What reverses the entry, and whether what was open in its account was carried over after it,
    and still is.
    """
    place = {
        "entry_id": entry.id,
        "customer_id": entry.customer_id,
        "currency": entry.currency,
        "sequence": entry.sequence,
    }
    reversed_by, carried_at = tx.execute(_OBSTACLES, place).one()
    return reversed_by, carried_at is not None
