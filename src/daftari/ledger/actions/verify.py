"""Verification of a book: everything derived from its entries is computed again and compared.

Verification only reads; it repairs nothing.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from daftari.customers.actions import main_currency
from daftari.db.base import ReadTx
from daftari.ledger.rules.chain import ChainHead
from daftari.ledger.rules.proof import EntryProof, Fault, Proof
from daftari.ledger.rules.replay import Replay
from daftari.ledger.store import proof as store
from daftari.ledger.store.goods import find_stray_goods
from daftari.ledger.store.proof import Range
from daftari.ledger.store.proof_sums import (
    DuePlace,
    derive_day_totals,
    find_day_totals,
    find_due_totals,
    find_totals,
)

K = TypeVar("K", int, tuple[int, int])
V = TypeVar("V")


def verify_book(tx: ReadTx, currency: str, copied: ChainHead) -> Proof:
    """The proof of a shop's book.

    `currency`: the main currency of a book whose file does not know it. `copied`: the head of the
    chain as copied to the control database.

    A wrong entry ends the proof, since everything else is derived from the entries. Otherwise the
    first fault of each kind is reported.
    """
    roles = store.find_roles(tx)
    entries = EntryProof(roles, copied)
    judged = (entries.judge(entry) for entry in store.read_entries(tx))
    fault = next(filter(None, judged), None) or entries.judge_end()
    if fault is not None:
        return Proof(entries.read, (fault,))
    follows = _follows(tx, roles, main_currency(tx) or currency)
    faults = [*_stray(tx), *_firsts(_photos(tx)), *_firsts(follows)]
    return Proof(entries.read, tuple(faults))


def _stray(tx: ReadTx) -> Iterator[Fault]:
    stray = store.find_stray_allocation(tx)
    if stray is not None:
        yield Fault(stray, "is settled and is no entry of the book")
    keyless = store.find_entry_without_key(tx)
    if keyless is not None:
        yield Fault(keyless, "has no idempotency key")
    if store.has_stray_words(tx):
        yield Fault(None, "there are words that belong to no entry")
    goods_of = find_stray_goods(tx)
    if goods_of is not None:
        yield Fault(goods_of, "has goods and is no entry of the book")


def _photos(tx: ReadTx) -> Iterator[Fault]:
    for sequence, digest, content in store.read_photos(tx):
        if sequence is None:
            yield Fault(None, "there is a photo that belongs to no entry")
        elif type(content) is not bytes or hashlib.sha256(content).digest() != digest:
            yield Fault(sequence, "its photo was changed")


def _firsts(faults: Iterator[Fault]) -> list[Fault]:
    """The first fault of each kind."""
    first: dict[str, Fault] = {}
    for fault in faults:
        known = first.get(fault.reason)
        if known is None or _place(fault) < _place(known):
            first[fault.reason] = fault
    return sorted(first.values(), key=_place)


def _place(fault: Fault) -> int:
    return fault.sequence or 0


def _follows(tx: ReadTx, roles: Mapping[str, str], currency: str) -> Iterator[Fault]:
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    due: Counter[DuePlace] = Counter()
    for place in store.ranges(list(roles)):
        replays = _Range(tx, place)
        played = groupby(store.read_replayed(tx, place), key=attrgetter("customer_id"))
        for customer_id, entries in played:
            replay = Replay(roles[customer_id], currency)
            for entry in entries:
                replay.play(entry)
            yield from replays.compare(customer_id, replay)
            for code, (balance, _) in replay.balances().items():
                receivable, payable = sums[code]
                sums[code] = (receivable + max(balance, 0), payable + max(-balance, 0))
            due.update(replay.due_sums())
        yield from replays.rest()
    if sums != find_totals(tx):
        yield Fault(None, "the shop's totals are not the sum of its balances")
    if due != find_due_totals(tx):
        yield Fault(None, "the sums by due day are not those of its open items")
    if derive_day_totals(tx) != find_day_totals(tx):
        yield Fault(None, "the sums by day are not those of its entries")


class _Range:
    """Stored values of a range of customers that are not compared yet."""

    def __init__(self, tx: ReadTx, place: Range) -> None:
        self._balances = store.find_balances(tx, place)
        self._open_items = store.find_open_items(tx, place)
        self._allocations = store.find_allocations(tx, place)
        self._summaries = store.find_summaries(tx, place)

    def compare(self, customer_id: str, replay: Replay) -> Iterator[Fault]:
        """Faults of one customer: stored values that differ from those of his entries."""
        last = replay.last_sequence
        if self._balances.pop(customer_id, {}) != replay.balances():
            yield Fault(last, "its customer's balances are not the sum of his entries")
        kept, found = self._open_items.pop(customer_id, {}), replay.open_items()
        if kept != found:
            yield Fault(_first(kept, found), "is not open for what its allocation leaves of it")
        settled, matched = self._allocations.pop(customer_id, {}), replay.allocations()
        if settled != matched:
            yield Fault(_first(settled, matched)[0], "is not allocated to what falls due first")
        if self._summaries.pop(customer_id, None) != replay.standing():
            yield Fault(
                last, "its customer's standing in the list does not follow from his entries"
            )

    def rest(self) -> Iterator[Fault]:
        """Faults of stored values whose customer has no entries."""
        nothing = Replay("customer", "").standing()
        if any(summary != nothing for summary in self._summaries.values()):
            yield Fault(None, "a customer without an entry has a standing")
        if self._balances or self._open_items or self._allocations:
            yield Fault(None, "balances or open items belong to somebody without an entry")


def _first(kept: Mapping[K, V], found: Mapping[K, V]) -> K:
    """The smallest key at which the two mappings differ."""
    return min(key for key in kept.keys() | found.keys() if kept.get(key) != found.get(key))
