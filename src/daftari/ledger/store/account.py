"""SQL of one account: the customer, his balances, his entries newest first."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows
from daftari.ledger.tables import allocations, balances, entries, entry_texts, photos

_reversal = entries.alias("reversal")
_reversed = entries.alias("reversed")
_old = entries.alias("old")
_credit = entries.alias("credit")
_debit = entries.alias("debit")
_CUSTOMER = select(customers).where(customers.c.id == bindparam("customer_id"))
_BALANCES = (
    select(balances.c.currency, balances.c.balance_minor)
    .where(balances.c.customer_id == bindparam("customer_id"))
    .order_by(balances.c.currency)
)


class EntryRow(NamedTuple):
    """An entry with its texts. A plain tuple is read ten times as fast as a row of SQLAlchemy."""

    sequence: int
    id: str
    kind: str
    amount_minor: int
    effect_minor: int
    balance_after_minor: int
    currency: str
    occurred_on: date
    due_on: date | None
    method: str | None
    recorded_at: datetime
    recorded_by: str
    note: str | None
    taker: str | None
    paid_by: str | None
    reversed_by_id: str | None
    reversed_kind: str | None
    reversed_on: date | None
    photo_of: str | None


class Span(NamedTuple):
    """New entries, from a sequence on. `day`: the first day on which they change something."""

    sequence: int
    day: date


_LINES = (
    select(
        entries.c.sequence,
        entries.c.id,
        entries.c.kind,
        entries.c.amount_minor,
        entries.c.effect_minor,
        entries.c.balance_after_minor,
        entries.c.currency,
        entries.c.occurred_on,
        entries.c.due_on,
        entries.c.method,
        entries.c.recorded_at,
        entries.c.recorded_by,
        entry_texts.c.note,
        entry_texts.c.taker,
        entry_texts.c.paid_by,
        _reversal.c.id.label("reversed_by_id"),
        _reversed.c.kind.label("reversed_kind"),
        _reversed.c.occurred_on.label("reversed_on"),
        photos.c.entry_id.label("photo_of"),
    )
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .outerjoin(_reversal, _reversal.c.reverses_id == entries.c.id)
    .outerjoin(_reversed, _reversed.c.id == entries.c.reverses_id)
    .outerjoin(photos, photos.c.entry_id == entries.c.id)
    .order_by(entries.c.sequence.desc())
)
_PAGE = _LINES.where(
    entries.c.customer_id == bindparam("customer_id"),
    entries.c.sequence < bindparam("before"),
).limit(bindparam("limit"))
_ONE = _LINES.add_columns(entries.c.customer_id, entries.c.reverses_id).where(
    entries.c.id == bindparam("entry_id")
)
_first = entries.alias("first")
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
    .limit(bindparam("limit"))
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
_PAYMENTS_SINCE = select(_recent.c.sequence).where(
    _recent.c.kind == "payment",
    or_(_recent.c.occurred_on >= bindparam("day"), _covers_later),
)
_REVERSED_SINCE = (
    select(_old.c.sequence)
    .join(_new, _new.c.reverses_id == _old.c.id)
    .where(_new.c.customer_id == bindparam("customer_id"), _new.c.sequence >= bindparam("since"))
)
_TOUCHED = _LINES.where(
    entries.c.customer_id == bindparam("customer_id"),
    or_(
        entries.c.sequence >= bindparam("since"),
        entries.c.sequence.in_(_REVERSED_SINCE),
        entries.c.sequence.in_(_PAYMENTS_SINCE),
    ),
)
_COVERS = (
    select(
        allocations.c.credit_sequence,
        allocations.c.debit_sequence,
        allocations.c.amount_minor,
        _credit.c.occurred_on.label("credit_on"),
        _debit.c.occurred_on.label("debit_on"),
    )
    .join(_credit, _credit.c.sequence == allocations.c.credit_sequence)
    .join(_debit, _debit.c.sequence == allocations.c.debit_sequence)
    .where(
        or_(
            allocations.c.credit_sequence.in_(bindparam("sequences", expanding=True)),
            allocations.c.debit_sequence.in_(bindparam("sequences", expanding=True)),
        )
    )
    .order_by(
        func.coalesce(_debit.c.due_on, _credit.c.due_on).nulls_last(),
        _debit.c.occurred_on,
        _credit.c.occurred_on,
        allocations.c.amount_minor,
    )
)
_ANY_ENTRY = select(entries.c.sequence).limit(1)
BEYOND_ANY = 2**62


def find_customer(tx: ReadTx, customer_id: str) -> Any:
    return tx.execute(_CUSTOMER, {"customer_id": customer_id}).one_or_none()


def find_balances(tx: ReadTx, customer_id: str) -> Rows:
    return tx.execute(_BALANCES, {"customer_id": customer_id}).all()


def find_entries(tx: ReadTx, customer_id: str, before: int | None, limit: int) -> list[EntryRow]:
    """Entries older than sequence `before`, newest first; one more than `limit` if there is one."""
    place = {"before": before or BEYOND_ANY, "limit": limit + 1}
    found = tx.execute(_PAGE, {"customer_id": customer_id, **place})
    return [EntryRow._make(row) for row in found]


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
    day on, or with a debt from that day on. Newest first.
    """
    place = {"customer_id": customer_id, "since": span.sequence, "day": span.day, "limit": limit}
    return [EntryRow._make(row) for row in tx.execute(_TOUCHED, place)]


def find_entry_row(tx: ReadTx, entry_id: str) -> Any:
    return tx.execute(_ONE, {"entry_id": entry_id}).one_or_none()


def find_allocations(tx: ReadTx, sequences: Sequence[int]) -> Rows:
    """Allocations of these entries, with the days of both sides; what falls due first is first."""
    return tx.execute(_COVERS, {"sequences": sequences}).all() if sequences else ()


def has_entries(tx: ReadTx) -> bool:
    return tx.scalar(_ANY_ENTRY) is not None
