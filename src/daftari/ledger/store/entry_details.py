"""SQL of one entry's page: its allocations, related entries and plan."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, case, or_, select

from daftari.db.base import ReadTx
from daftari.ledger.tables import allocations, entries, entry_texts, open_items, plan_entries

_other = entries.alias("other")


class AllocatedEntry(NamedTuple):
    """An entry on the other side of an allocation, and the allocated amount."""

    id: str
    kind: str
    occurred_on: date
    amount_minor: int


class RelatedEntry(NamedTuple):
    """An entry that reverses another one or is reversed by it, or an earlier or later version."""

    id: str
    kind: str
    amount_minor: int
    currency: str
    occurred_on: date
    recorded_at: datetime
    recorded_by: str
    note: str | None


_ALLOCATED = (
    select(_other.c.id, _other.c.kind, _other.c.occurred_on, allocations.c.amount_minor)
    .join(
        _other,
        _other.c.sequence
        == case(
            (
                allocations.c.credit_sequence == bindparam("sequence"),
                allocations.c.debit_sequence,
            ),
            else_=allocations.c.credit_sequence,
        ),
    )
    .where(
        or_(
            allocations.c.credit_sequence == bindparam("sequence"),
            allocations.c.debit_sequence == bindparam("sequence"),
        )
    )
    .order_by(_other.c.occurred_on, _other.c.sequence)
)
_OPEN = select(open_items.c.remaining_minor).where(
    open_items.c.customer_id == bindparam("customer_id"),
    open_items.c.currency == bindparam("currency"),
    open_items.c.sequence == bindparam("sequence"),
)
_RELATED = (
    select(
        entries.c.id,
        entries.c.kind,
        entries.c.amount_minor,
        entries.c.currency,
        entries.c.occurred_on,
        entries.c.recorded_at,
        entries.c.recorded_by,
        entry_texts.c.note,
    )
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .where(entries.c.id.in_(bindparam("entry_ids", expanding=True)))
)
_VERSIONS = (
    select(entries.c.id)
    .where(
        or_(
            entries.c.id == bindparam("first_id"),
            entries.c.corrects_id == bindparam("first_id"),
        )
    )
    .order_by(entries.c.sequence)
)
_PLAN = select(plan_entries.c.plan_id).where(plan_entries.c.entry_id == bindparam("entry_id"))


def find_allocated(tx: ReadTx, sequence: int) -> list[AllocatedEntry]:
    """The entries that this one covers, or that cover it, oldest first."""
    return [AllocatedEntry._make(row) for row in tx.execute(_ALLOCATED, {"sequence": sequence})]


def find_open_minor(tx: ReadTx, customer_id: str, currency: str, sequence: int) -> int:
    """The open amount of an entry, 0 when nothing of it is open."""
    place = {"customer_id": customer_id, "currency": currency, "sequence": sequence}
    found: int | None = tx.scalar(_OPEN, place)
    return found or 0


def find_related(tx: ReadTx, entry_ids: Sequence[str]) -> dict[str, RelatedEntry]:
    """These entries with their notes, by id."""
    found = tx.execute(_RELATED, {"entry_ids": entry_ids}) if entry_ids else ()
    return {row[0]: RelatedEntry._make(row) for row in found}


def find_versions(tx: ReadTx, first_id: str) -> list[str]:
    """The ids of an entry as it was first written and of its corrections, in their order."""
    return list(tx.scalars(_VERSIONS, {"first_id": first_id}))


def find_plan_id(tx: ReadTx, entry_id: str) -> str | None:
    """The plan of which the entry is an instalment."""
    found: str | None = tx.scalar(_PLAN, {"entry_id": entry_id})
    return found
