"""Tables of the book, and what of them a reader of one branch sees."""

import daftari.ledger.tables.by_branch  # noqa: F401  declares it
from daftari.ledger.tables.book import (
    allocations,
    balances,
    carried_entries,
    chain_heads,
    due_totals,
    entries,
    entry_texts,
    goods,
    open_items,
    photos,
    plan_entries,
    plans,
    promises,
    rates,
    totals,
)
from daftari.ledger.tables.sums import day_totals

__all__ = [
    "allocations",
    "balances",
    "carried_entries",
    "chain_heads",
    "day_totals",
    "due_totals",
    "entries",
    "entry_texts",
    "goods",
    "open_items",
    "photos",
    "plan_entries",
    "plans",
    "promises",
    "rates",
    "totals",
]
