"""SQL of the verification: the sums of the whole book, as they are stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import case, func, literal, select, union_all

from daftari.db.base import ReadTx, total
from daftari.db.stored import as_stored
from daftari.ledger.tables import day_totals, due_totals, entries, totals

_TOTALS = select(totals.c.currency, totals.c.receivable_minor, totals.c.payable_minor)
_DUE_TOTALS = select(*(as_stored(column) for column in due_totals.c))
_DAY_TOTALS = select(*(as_stored(column) for column in day_totals.c))
_old = entries.alias("old")


def _counted(of: Any, sign: int) -> Any:
    """Entries where they count (`sign` 1), or where they count no more (-1)."""
    effect = of.c.effect_minor
    return select(
        as_stored(of.c.occurred_on).label("occurred_on"),
        of.c.currency,
        of.c.kind,
        case((effect > 0, 1), (effect < 0, -1), else_=0).label("sign"),
        func.coalesce(of.c.branch_id, "").label("branch"),
        of.c.recorded_by,
        literal(sign).label("entry_count"),
        (of.c.amount_minor * sign).label("amount_minor"),
    )


_every = union_all(
    _counted(entries, 1).select_from(entries),
    _counted(_old, -1).select_from(entries.join(_old, _old.c.id == entries.c.reverses_id)),
).subquery()
_BY_DAY = [_every.c[column.name] for column in day_totals.primary_key]
_DERIVED_DAY_TOTALS = select(
    *_BY_DAY, total(_every.c.entry_count), total(_every.c.amount_minor)
).group_by(*_BY_DAY)

DuePlace = tuple[int, str, date]
"""Direction, currency and due day: what the sums of due debts are kept by."""


def find_totals(tx: ReadTx) -> Mapping[str, tuple[int, int]]:
    """Receivable and payable totals by currency."""
    return {code: (receivable, payable) for code, receivable, payable in tx.execute(_TOTALS)}


def find_due_totals(tx: ReadTx) -> Mapping[DuePlace, Any]:
    """What is open of all customers, by the day it falls due."""
    return {(row[0], row[1], row[2]): row[3] for row in tx.execute(_DUE_TOTALS)}


def find_day_totals(tx: ReadTx) -> Mapping[tuple[Any, ...], tuple[Any, ...]]:
    """The sums by civil day: count and amount, by the columns of their key."""
    return {tuple(row[:6]): tuple(row[6:]) for row in tx.execute(_DAY_TOTALS)}


def derive_day_totals(tx: ReadTx) -> Mapping[tuple[Any, ...], tuple[Any, ...]]:
    """The same sums, from the entries."""
    return {tuple(row[:6]): tuple(row[6:]) for row in tx.execute(_DERIVED_DAY_TOTALS)}
