"""SQL of what newly written entries change on the page of their account."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, or_, select

from daftari.db.base import ReadTx
from daftari.ledger.store.account import ENTRY_ROWS, EntryRow
from daftari.ledger.tables import allocations, entries, open_items

_old = entries.alias("old")
_reversed = entries.alias("reversed")
_credit = entries.alias("credit")
_debit = entries.alias("debit")
_new = entries.alias("new")
_SPAN = (
    select(
        func.min(_new.c.sequence),
        func.min(_new.c.occurred_on),
        func.min(_reversed.c.occurred_on),
    )
    .outerjoin(_reversed, _reversed.c.id == _new.c.reverses_id)
    .where(
        _new.c.id.in_(bindparam("entry_ids", expanding=True)),
        _new.c.customer_id == bindparam("customer_id"),
    )
)
_recent = (
    select(entries.c.sequence, entries.c.kind, entries.c.occurred_on)
    .where(
        entries.c.customer_id == bindparam("customer_id"),
        entries.c.sequence < bindparam("since"),
    )
    .order_by(entries.c.sequence.desc())
    .limit(bindparam("limit", type_=Integer))
    .subquery("recent")
)
_covers_later = (
    select(1)
    .select_from(allocations)
    .join(_debit, _debit.c.sequence == allocations.c.debit_sequence)
    .join(_credit, _credit.c.sequence == allocations.c.credit_sequence)
    .where(
        or_(
            allocations.c.credit_sequence == _recent.c.sequence,
            allocations.c.debit_sequence == _recent.c.sequence,
        ),
        or_(_debit.c.occurred_on >= bindparam("day"), _credit.c.occurred_on >= bindparam("day")),
    )
    .correlate(_recent)
    .exists()
)
_is_open = (
    select(1)
    .select_from(open_items)
    .where(open_items.c.sequence == _recent.c.sequence)
    .correlate(_recent)
    .exists()
)
_PAYMENTS_SINCE = select(_recent.c.sequence).where(
    _recent.c.kind == "payment",
    or_(_recent.c.occurred_on >= bindparam("day"), _covers_later, _is_open),
)
_REVERSED_SINCE = (
    select(_old.c.sequence)
    .join(_new, _new.c.reverses_id == _old.c.id)
    .where(_new.c.customer_id == bindparam("customer_id"), _new.c.sequence >= bindparam("since"))
)
_TOUCHED = ENTRY_ROWS.where(
    entries.c.customer_id == bindparam("customer_id"),
    or_(
        entries.c.sequence >= bindparam("since"),
        entries.c.sequence.in_(_REVERSED_SINCE),
        entries.c.sequence.in_(_PAYMENTS_SINCE),
    ),
)


class Span(NamedTuple):
    """New entries, from a sequence on. `day`: the first day on which they change something."""

    sequence: int
    day: date


def find_span(tx: ReadTx, customer_id: str, entry_ids: Sequence[str]) -> Span | None:
    """The span of this customer's entries from the first of these on."""
    place = {"customer_id": customer_id, "entry_ids": entry_ids}
    sequence, day, reversed_day = tx.execute(_SPAN, place).one()
    if sequence is None:
        return None
    return Span(sequence, min(day, reversed_day or day))


def find_touched(tx: ReadTx, customer_id: str, span: Span, limit: int) -> list[EntryRow]:
    """The entries of the span, and those among the `limit` before it that it may have changed.

    That is what it reverses, and payments that could cover other debts now: those from its first
    day on, with a debt from that day on, or of which a part is open again. Newest first.
    """
    place = {"customer_id": customer_id, "since": span.sequence, "day": span.day, "limit": limit}
    return [EntryRow._make(row) for row in tx.execute(_TOUCHED, place)]
