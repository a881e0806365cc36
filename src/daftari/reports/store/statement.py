"""SQL of a statement: entries of an account as they stand, by civil day, and what is open of them.

An entry that was corrected stands as its last version, in the place where it was first written; the
reversals that belong to corrections do not stand, all others do. So the sum over what stands is the
balance, whichever day it is split at.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Integer, and_, bindparam, case, func, or_, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, in_parts, newest, total
from daftari.db.prepared import prepared
from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.tables import allocations, entries, entry_texts, open_items
from daftari.reports.rules.statement import AgedDebt, AllocatedPart, StatementEntry


class AccountHolder(NamedTuple):
    """The customer or supplier of an account."""

    name: str
    phone: str | None
    role: str


_first = entries.alias("first")
_next = entries.alias("next")
_later = entries.alias("later")
_undo = entries.alias("undo")
_old = entries.alias("old")
_other = entries.alias("other")
_of_correction = (
    select(1)
    .where(_next.c.sequence == entries.c.sequence + 1, _next.c.corrects_id.is_not(None))
    .correlate(entries)
    .exists()
)
_corrected_later = (
    select(1)
    .where(
        _later.c.corrects_id == func.coalesce(entries.c.corrects_id, entries.c.id),
        _later.c.sequence > entries.c.sequence,
    )
    .correlate(entries)
    .exists()
)
_first_sequence = (
    select(_first.c.sequence)
    .where(_first.c.id == entries.c.corrects_id)
    .correlate(entries)
    .scalar_subquery()
)
_PLACE = case((entries.c.corrects_id.is_(None), entries.c.sequence), else_=_first_sequence)
_STANDS = (
    entries.c.customer_id == bindparam("customer_id"),
    or_(entries.c.kind != "reversal", ~_of_correction),
    ~_corrected_later,
)
_FROM, _UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
ENTRY_ROWS = (
    select(
        entries.c.sequence,
        entries.c.id,
        entries.c.kind,
        entries.c.amount_minor,
        entries.c.effect_minor,
        entries.c.currency,
        entries.c.occurred_on,
        entries.c.due_on,
        entries.c.method,
        func.coalesce(entry_texts.c.note, ""),
        func.coalesce(entry_texts.c.taker, ""),
        func.coalesce(entry_texts.c.paid_by, ""),
        _undo.c.id,
        entries.c.corrects_id,
        _old.c.kind,
        _old.c.occurred_on,
        entries.c.paid_minor,
        entries.c.paid_currency,
        entries.c.rate_e8,
        entries.c.rate_of,
    )
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .outerjoin(_undo, _undo.c.reverses_id == entries.c.id)
    .outerjoin(_old, _old.c.id == entries.c.reverses_id)
)
_ENTRIES = (
    ENTRY_ROWS.where(*_STANDS, entries.c.occurred_on >= _FROM, entries.c.occurred_on <= _UNTIL)
    .order_by(entries.c.occurred_on, _PLACE)
    .limit(bindparam("limit", type_=Integer))
)
_COUNT = prepared(
    select(func.count()).where(
        *_STANDS, entries.c.occurred_on >= _FROM, entries.c.occurred_on <= _UNTIL
    )
)
_CARRIED = prepared(
    select(entries.c.currency, total(entries.c.effect_minor))
    .where(*_STANDS, entries.c.occurred_on < _FROM)
    .group_by(entries.c.currency)
)
_BY_DAY = prepared(
    select(entries.c.currency, entries.c.occurred_on, total(entries.c.effect_minor))
    .where(*_STANDS)
    .group_by(entries.c.currency, entries.c.occurred_on)
    .order_by(entries.c.currency, entries.c.occurred_on)
)
_CUSTOMER = prepared(
    select(customers.c.name, customers.c.phone, customers.c.role).where(
        customers.c.id == bindparam("customer_id")
    )
)
_HEAD = newest(entries.c.sequence, entries.c.chain)


def _covered(side: ColumnElement[int], other_side: ColumnElement[int]) -> Any:
    """What entries on one side of the allocations covered on the other, what falls due first
    first.
    """
    return prepared(
        select(side, _other.c.occurred_on, allocations.c.amount_minor)
        .join(_other, _other.c.sequence == other_side)
        .where(side.in_(bindparam("sequences", expanding=True)))
        .order_by(_other.c.due_on.nulls_last(), _other.c.occurred_on, allocations.c.amount_minor)
    )


# By the sign of a debt: with a customer the debts are the debits, with a supplier the credits.
_PAYMENT_SIDE = {1: allocations.c.credit_sequence, -1: allocations.c.debit_sequence}
_DEBT_SIDE = {1: allocations.c.debit_sequence, -1: allocations.c.credit_sequence}
_COVERED = {owing: _covered(_PAYMENT_SIDE[owing], _DEBT_SIDE[owing]) for owing in (1, -1)}
_OWED = entries.c.effect_minor * bindparam("owing") > 0
_OPEN_NOW = prepared(
    select(open_items.c.currency, open_items.c.occurred_on, open_items.c.remaining_minor).where(
        open_items.c.customer_id == bindparam("customer_id"),
        open_items.c.effect_minor * bindparam("owing") > 0,
        open_items.c.occurred_on <= _UNTIL,
    )
)


def _paid_later(owing: int) -> Any:
    """What payments after a day covered of the debts until then."""
    return prepared(
        select(entries.c.currency, entries.c.occurred_on, allocations.c.amount_minor)
        .join(allocations, _DEBT_SIDE[owing] == entries.c.sequence)
        .join(_other, _other.c.sequence == _PAYMENT_SIDE[owing])
        .where(
            entries.c.customer_id == bindparam("customer_id"),
            entries.c.occurred_on <= _UNTIL,
            _other.c.occurred_on > _UNTIL,
        )
    )


_PAID_LATER = {owing: _paid_later(owing) for owing in (1, -1)}
_REVERSED_LATER = prepared(
    select(entries.c.currency, entries.c.occurred_on, entries.c.amount_minor)
    .join(_undo, and_(_undo.c.reverses_id == entries.c.id, _undo.c.occurred_on > _UNTIL))
    .where(*_STANDS, _OWED, entries.c.occurred_on <= _UNTIL)
)


def find_customer(tx: ReadTx, customer_id: str) -> AccountHolder | None:
    row = tx.execute(_CUSTOMER, {"customer_id": customer_id}).one_or_none()
    return None if row is None else AccountHolder(*row)


def find_entries(
    tx: ReadTx, customer_id: str, since: date, until: date, limit: int, owing: int
) -> list[StatementEntry]:
    """The entries of a period as they stand, in the order of their days; at most `limit`.

    `owing`: the sign of a debt, 1 for customers, -1 for suppliers.
    """
    place = {"customer_id": customer_id, "since": since, "until": until, "limit": limit}
    rows = tx.execute(_ENTRIES, place).all()
    paid = [row[0] for row in rows if row[4] * owing < 0 and row[2] != "reversal"]
    covered = _find_covered(tx, paid, owing)
    return [as_entry(row, covered.get(row[0], ())) for row in rows]


def count_entries(tx: ReadTx, customer_id: str, since: date, until: date) -> int:
    """How many entries a period has."""
    place = {"customer_id": customer_id, "since": since, "until": until}
    return tx.scalar(_COUNT, place) or 0


def find_carried(tx: ReadTx, customer_id: str, before: date) -> dict[str, int]:
    """The balances by currency at the beginning of a day."""
    place = {"customer_id": customer_id, "since": before}
    return {row[0]: row[1] for row in tx.execute(_CARRIED, place)}


def find_changes(tx: ReadTx, customer_id: str) -> dict[str, list[tuple[date, int]]]:
    """By how much each day changed the balance of each currency, in the order of days."""
    changes: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for currency, day, change_minor in tx.execute(_BY_DAY, {"customer_id": customer_id}):
        changes[currency].append((day, change_minor))
    return changes


def find_open_debts(
    tx: ReadTx, customer_id: str, until: date, owing: int, *, is_past: bool
) -> list[AgedDebt]:
    """What was open of the debts at the end of a day. `is_past`: something may have come since."""
    place = {"customer_id": customer_id, "until": until, "owing": owing}
    found = list(tx.execute(_OPEN_NOW, place))
    if is_past:
        plain = {"customer_id": customer_id, "until": until}
        found += [*tx.execute(_PAID_LATER[owing], plain), *tx.execute(_REVERSED_LATER, place)]
    return [AgedDebt._make(row) for row in found]


def find_head(tx: ReadTx) -> bytes | None:
    """The digest of the chain at its last entry; None for an empty book."""
    last = tx.execute(_HEAD).one_or_none()
    return None if last is None else bytes(last.chain)


def _find_covered(
    tx: ReadTx, sequences: Sequence[int], owing: int
) -> dict[int, tuple[AllocatedPart, ...]]:
    found: dict[int, list[AllocatedPart]] = defaultdict(list)
    for part in in_parts(sequences):
        for sequence, day, minor in tx.execute(_COVERED[owing], {"sequences": part}):
            found[sequence].append(AllocatedPart(day, minor))
    return {sequence: tuple(parts) for sequence, parts in found.items()}


def as_entry(row: Sequence[Any], covers: Iterable[AllocatedPart]) -> StatementEntry:
    """The entry of a row of `ENTRY_ROWS`."""
    undone_by, corrects, old_kind, old_day, paid, *agreed = row[12:]
    exchange = None if paid is None else Exchange(paid, *agreed)
    state = undone_by is not None, corrects is not None, old_kind, old_day
    return StatementEntry._make((*row[:12], *state, exchange, tuple(covers)))
