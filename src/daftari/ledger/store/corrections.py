"""SQL of corrections, and of what they changed."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from daftari.db.base import ReadTx
from daftari.db.prepared import prepared
from daftari.ledger.tables import entries

_correction = entries.alias("correction")
_reversal = entries.alias("reversal")
_CORRECTIONS = prepared(
    select(
        _correction.c.sequence,
        entries.c.sequence,
        _correction.c.effect_minor + _reversal.c.effect_minor,
        _correction.c.currency,
    )
    .join(entries, entries.c.id == _correction.c.corrects_id)
    .join(_reversal, _reversal.c.sequence == _correction.c.sequence - 1)
    .where(
        _correction.c.customer_id == bindparam("customer_id"),
        _correction.c.sequence > bindparam("since"),
    )
)


class Correction(NamedTuple):
    """A correction, and how it changed the balance. `place`: the sequence of the entry as it was
    first written.
    """

    sequence: int
    place: int
    change_minor: int
    currency: str


def find_corrections(tx: ReadTx, customer_id: str, since: int) -> list[Correction]:
    """The corrections of a customer's entries after a sequence."""
    place = {"customer_id": customer_id, "since": since}
    return [Correction._make(row) for row in tx.execute(_CORRECTIONS, place)]
