"""Entries and their words."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select

from daftari.db.base import Tx
from daftari.ledger.rules.chain import GENESIS, Head, Line
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.tables import entries, particulars

_BY_ID = (
    select(entries, particulars.c.salt)
    .outerjoin(particulars, particulars.c.entry_id == entries.c.id)
    .where(entries.c.id == bindparam("entry_id"))
)
_REVERSAL_OF = select(entries.c.id).where(entries.c.reverses_id == bindparam("entry_id"))
HEAD = select(entries.c.sequence, entries.c.chain).order_by(entries.c.sequence.desc()).limit(1)
_LAST_PAYMENT = (
    select(entries.c.occurred_on)
    .where(
        entries.c.customer_id == bindparam("customer_id"),
        entries.c.kind == "payment",
        ~select(1)
        .where((later := entries.alias("later")).c.reverses_id == entries.c.id)
        .correlate(entries)
        .exists(),
    )
    .order_by(entries.c.occurred_on.desc())
    .limit(1)
)
_INSERT = insert(entries)
_INSERT_PARTICULARS = insert(particulars)


@dataclass(frozen=True, slots=True)
class Particulars:
    """What an entry says in words, with the salt of its digest."""

    entry_id: str
    salt: bytes
    note: str
    taker: str
    paid_by: str


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it stands in the book; `salt` is None where it has no words, or they are erased."""

    line: Line
    salt: bytes | None


def find_entry(tx: Tx, entry_id: str) -> Written | None:
    row = tx.execute(_BY_ID, {"entry_id": entry_id}).mappings().one_or_none()
    if row is None:
        return None
    return Written(_line(row), row["salt"])


def find_reversal_of(tx: Tx, entry_id: str) -> str | None:
    found: str | None = tx.scalar(_REVERSAL_OF, {"entry_id": entry_id})
    return found


def find_head(tx: Tx) -> Head:
    """Where the chain stands."""
    last = tx.execute(HEAD).one_or_none()
    return Head(0, GENESIS) if last is None else Head(last.sequence, last.chain)


def find_last_payment(tx: Tx, customer_id: str) -> Any:
    """The day of the newest payment that was not reversed, or None."""
    return tx.scalar(_LAST_PAYMENT, {"customer_id": customer_id})


def insert_entry(tx: Tx, line: Line, chain: bytes, words: Particulars | None) -> None:
    tx.execute(_INSERT, {name: getattr(line, name) for name in Line.__slots__} | {"chain": chain})
    if words is not None:
        tx.execute(_INSERT_PARTICULARS, asdict(words))


def _line(row: RowMapping) -> Line:
    values = {name: row[name] for name in Line.__slots__}
    return Line(**{**values, "kind": Kind(row["kind"])})
