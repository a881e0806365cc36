"""SQL of allocations."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, delete, or_, select

from daftari.db.base import ReadTx, WriteTx, in_parts, put
from daftari.ledger.rules.allocation import Pair
from daftari.ledger.tables import allocations

_OF = select(
    allocations.c.credit_sequence, allocations.c.debit_sequence, allocations.c.amount_minor
).where(
    or_(
        allocations.c.credit_sequence.in_(bindparam("sequences", expanding=True)),
        allocations.c.debit_sequence.in_(bindparam("sequences", expanding=True)),
    )
)
_PUT = put(allocations, "amount_minor")
_DELETE = delete(allocations).where(
    allocations.c.credit_sequence == bindparam("credit"),
    allocations.c.debit_sequence == bindparam("debit"),
)


def find_allocations(tx: ReadTx, sequences: Collection[int]) -> dict[Pair, int]:
    """The allocations of these entries, on either side."""
    return {
        Pair(credit, debit): amount
        for part in in_parts(sequences)
        for credit, debit, amount in tx.execute(_OF, {"sequences": part})
    }


def change_allocations(tx: WriteTx, old: Mapping[Pair, int], new: Mapping[Pair, int]) -> None:
    """Replace allocations; rows that are the same are not written."""
    gone = [{"credit": pair[0], "debit": pair[1]} for pair in old.keys() - new.keys()]
    changed = [
        {**pair._asdict(), "amount_minor": amount}
        for pair, amount in new.items()
        if old.get(pair) != amount
    ]
    if gone:
        tx.execute(_DELETE, gone)
    if changed:
        tx.execute(_PUT, changed)
