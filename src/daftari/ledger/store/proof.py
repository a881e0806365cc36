"""SQL of the verification: entries and derived state, as they are stored.

A value that is no date is returned as it is stored, since it must be reported as a fault.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Column, Select, Text, bindparam, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx
from daftari.db.stored import as_stored
from daftari.idempotency.tables import idempotency_keys
from daftari.ledger.rules.coverage import ReplayedEntry
from daftari.ledger.rules.replay import ReplayedOpenItem, ReplayedSummary
from daftari.ledger.rules.stored_state import StoredState
from daftari.ledger.store.goods import read_goods
from daftari.ledger.tables import (
    allocations,
    balances,
    entries,
    entry_texts,
    open_items,
    photos,
    plan_entries,
)

AT_ONCE = 1000
PHOTOS_AT_ONCE = 10
CUSTOMERS_AT_ONCE = 200
_LAST = "\U0010ffff"

_old = entries.alias("old")


def _as_stored(*columns: Column[Any]) -> list[Any]:
    return [as_stored(column) for column in columns]


def _of_range(statement: Select[Any], customer_id: Column[Any]) -> Select[Any]:
    return statement.where(
        customer_id > bindparam("above", type_=Text), customer_id <= bindparam("up_to", type_=Text)
    )


_LINES = (
    select(
        *_as_stored(*entries.c),
        *_as_stored(
            _old.c.sequence,
            _old.c.kind,
            _old.c.amount_minor,
            _old.c.effect_minor,
            _old.c.customer_id,
            _old.c.currency,
            entry_texts.c.salt,
            entry_texts.c.note,
            entry_texts.c.taker,
            entry_texts.c.paid_by,
        ),
    )
    .outerjoin(_old, _old.c.id == entries.c.reverses_id)
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .order_by(entries.c.sequence)
    .execution_options(yield_per=AT_ONCE)
)
# The entries are right when they are replayed: they need not be read as they are stored.
_PLAYED = _of_range(
    select(
        entries.c.customer_id,
        entries.c.sequence,
        entries.c.id,
        entries.c.kind,
        entries.c.amount_minor,
        entries.c.effect_minor,
        entries.c.currency,
        entries.c.occurred_on,
        entries.c.due_on,
        entries.c.recorded_at,
        entries.c.for_id,
        entries.c.corrects_id,
        _old.c.sequence,
        plan_entries.c.plan_id,
    )
    .outerjoin(_old, _old.c.id == entries.c.reverses_id)
    .outerjoin(plan_entries, plan_entries.c.entry_id == entries.c.id)
    .order_by(entries.c.customer_id, entries.c.sequence)
    .execution_options(yield_per=AT_ONCE),
    entries.c.customer_id,
)
_STANDINGS = _of_range(
    select(
        *_as_stored(
            customers.c.id,
            customers.c.balance_minor,
            customers.c.oldest_due_on,
            customers.c.last_entry_at,
            customers.c.last_payment_on,
        )
    ),
    customers.c.id,
)
_BALANCES = _of_range(
    select(
        balances.c.customer_id,
        balances.c.currency,
        balances.c.balance_minor,
        balances.c.written_off_minor,
    ),
    balances.c.customer_id,
)
_OPEN_ITEMS = _of_range(
    select(
        open_items.c.customer_id,
        *_as_stored(*(open_items.c[name] for name in ReplayedOpenItem._fields)),
    ),
    open_items.c.customer_id,
)
_SETTLEMENTS = _of_range(
    select(
        entries.c.customer_id,
        allocations.c.credit_sequence,
        allocations.c.debit_sequence,
        allocations.c.amount_minor,
    ).join(entries, entries.c.sequence == allocations.c.debit_sequence),
    entries.c.customer_id,
)
_STRAY_SETTLEMENT = (
    select(allocations.c.debit_sequence)
    .where(~select(1).where(entries.c.sequence == allocations.c.debit_sequence).exists())
    .limit(1)
)
_WITHOUT_KEY = (
    select(entries.c.sequence)
    .where(~select(1).where(idempotency_keys.c.id == entries.c.id).exists())
    .limit(1)
)
_STRAY_WORDS = (
    select(entry_texts.c.entry_id)
    .where(~select(1).where(entries.c.id == entry_texts.c.entry_id).exists())
    .limit(1)
)
_PHOTOS = (
    select(entries.c.sequence, *_as_stored(photos.c.digest, photos.c.content))
    .outerjoin_from(photos, entries, entries.c.id == photos.c.entry_id)
    .order_by(entries.c.sequence)
    .execution_options(yield_per=PHOTOS_AT_ONCE)
)
_ROLES = select(customers.c.id, customers.c.role).order_by(customers.c.id)

Range = dict[str, str]
"""A range of customer ids: `above` < id ≤ `up_to`. The ranges together hold every text."""


def find_roles(tx: ReadTx) -> dict[str, str]:
    """The role of every customer, by id in order."""
    return {row.id: row.role for row in tx.execute(_ROLES)}


def read_entries(tx: ReadTx) -> Iterator[StoredState]:
    """Every entry in order with its goods, a thousand in memory."""
    goods = read_goods(tx)
    found = next(goods, None)
    for row in tx.execute(_LINES):
        entry = StoredState(*row)
        while found is not None and found[0] < entry.sequence:
            found = next(goods, None)  # of no entry: `find_stray_goods` tells
        own = found[1] if found is not None and found[0] == entry.sequence else None
        yield entry._replace(goods=own) if own else entry


def ranges(customer_ids: Sequence[str]) -> Iterator[Range]:
    """Ranges of two hundred customers; ids that no customer has are in one of them too."""
    marks = ["", *customer_ids[CUSTOMERS_AT_ONCE - 1 :: CUSTOMERS_AT_ONCE], _LAST]
    return ({"above": above, "up_to": up_to} for above, up_to in pairwise(marks))


def read_replayed(tx: ReadTx, place: Range) -> Iterator[ReplayedEntry]:
    """Entries by customer, each customer's in order."""
    return (ReplayedEntry(*row) for row in tx.execute(_PLAYED, place))


def find_summaries(tx: ReadTx, place: Range) -> dict[str, ReplayedSummary]:
    return {row[0]: ReplayedSummary(*row[1:]) for row in tx.execute(_STANDINGS, place)}


def find_balances(tx: ReadTx, place: Range) -> dict[str, dict[str, tuple[int, int]]]:
    """By customer and currency: the balance, and the amount written off."""
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for customer_id, currency, balance, written_off in tx.execute(_BALANCES, place):
        found[customer_id][currency] = (balance, written_off)
    return found


def find_open_items(tx: ReadTx, place: Range) -> dict[str, dict[int, ReplayedOpenItem]]:
    """Open items by customer and sequence."""
    found: dict[str, dict[int, ReplayedOpenItem]] = defaultdict(dict)
    for customer_id, *item in tx.execute(_OPEN_ITEMS, place):
        one = ReplayedOpenItem(*item)
        found[customer_id][one.sequence] = one
    return found


def find_allocations(tx: ReadTx, place: Range) -> dict[str, dict[tuple[int, int], int]]:
    """Allocated amounts by the customer of the debit, and the sequences of credit and debit."""
    found: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for customer_id, credit, debit, amount in tx.execute(_SETTLEMENTS, place):
        found[customer_id][credit, debit] = amount
    return found


def find_stray_allocation(tx: ReadTx) -> int | None:
    """The debit of an allocation that is no entry of the book."""
    return tx.scalar(_STRAY_SETTLEMENT)


def find_entry_without_key(tx: ReadTx) -> int | None:
    """An entry that would be written again if its request were sent again."""
    return tx.scalar(_WITHOUT_KEY)


def has_stray_words(tx: ReadTx) -> bool:
    """Whether there are texts that belong to no entry."""
    return tx.scalar(_STRAY_WORDS) is not None


def read_photos(tx: ReadTx) -> Iterator[tuple[int | None, Any, Any]]:
    """Every photo: the sequence of its entry (None when missing), its digest, its content."""
    return ((row[0], row[1], row[2]) for row in tx.execute(_PHOTOS))
