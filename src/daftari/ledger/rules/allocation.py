"""Allocation of payments to debts: the debt that falls due first («السداد لأقرب موعد أولًا»).

A pure function of the entries of one account that stand: reversed entries and their reversals are
left out by the caller. Entries are replayed in the order of their civil days, never in the order in
which they were recorded (`replay_order`). A payment covers the debts that it names, then of the
open debts the one that falls due first (`position`). The rest of it is an advance, which the next
debt takes up.

A debt is any entry by which what is owed grows (an opening balance too), a payment any by which it
shrinks (a discount, a write-off). Imputation of payments: Egypt's Civil Code, articles 344, 345.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from daftari.ledger.rules.open_items import OpenItem, position, replay_order


class Pair(NamedTuple):
    """The two entries of an allocation, by sequence: effect below zero, and above zero."""

    credit_sequence: int
    debit_sequence: int

    def payment(self, owing: int) -> int:
        """The sequence of the one that pays. `owing`: the sign of a debt."""
        return self.credit_sequence if owing > 0 else self.debit_sequence


class OpenBefore(NamedTuple):
    """What is open of the entries before those to be replayed.

    `known`: items that were loaded, among them every debt that a replayed payment names. `debts`,
    `advances`: the others by position, read only as far as needed.
    """

    known: Collection[OpenItem] = ()
    debts: Iterable[OpenItem] = ()
    advances: Iterable[OpenItem] = ()


NOTHING_BEFORE = OpenBefore()


class Replayed(NamedTuple):
    """The allocations that a replay made, and the items it opened or changed, by sequence."""

    allocations: dict[Pair, int]
    items: dict[int, OpenItem]


def replay(
    entries: Iterable[OpenItem],
    owing: int,
    named: Mapping[str, Iterable[OpenItem]],
    before: OpenBefore = NOTHING_BEFORE,
) -> Replayed:
    """Replay entries of one account over what is open of all before them.

    `named`: the debts that payments name, by `for_id`: one, or those of a plan. A debt that did not
    exist on the payment's day is passed over.
    """
    account = _Account.of(before, owing)
    for item in sorted(entries, key=lambda item: replay_order(item, owing)):
        account.write(item.full, named.get(item.for_id or "", ()))
    return Replayed(account.allocations, account.changed)


@dataclass(slots=True)
class _Account:
    """The open items of an account at one point of the replay."""

    owing: int
    debts: "_Queue"
    advances: "_Queue"
    changed: dict[int, OpenItem] = field(default_factory=dict)
    allocations: dict[Pair, int] = field(default_factory=dict)

    @classmethod
    def of(cls, before: OpenBefore, owing: int) -> "_Account":
        account = cls(owing, _Queue(before.debts), _Queue(before.advances))
        for item in before.known:
            account._side(item.effect_minor).put(item)
        return account

    def write(self, item: OpenItem, named: Iterable[OpenItem]) -> None:
        """Allocate an entry to what is open on the other side, and open what is left of it."""
        opposite = self._side(-item.effect_minor)
        for other in opposite.in_order(named if item.effect_minor * self.owing < 0 else ()):
            amount = min(item.remaining_minor, other.remaining_minor)
            self.allocations[_pair(item, other)] = amount
            item, other = item.with_more(-amount), other.with_more(-amount)
            self.changed[other.sequence] = other
            opposite.put(other)
            if not item.remaining_minor:
                break
        self.changed[item.sequence] = item
        self._side(item.effect_minor).put(item)

    def _side(self, effect_minor: int) -> "_Queue":
        return self.debts if effect_minor * self.owing > 0 else self.advances


class _Queue:
    """Open items of one side by position. `further`: sorted, and read only as far as needed.

    One item of `further` is read ahead and stands on the heap with the others; when it is closed,
    the next one is read.
    """

    def __init__(self, further: Iterable[OpenItem]) -> None:
        self._open: dict[int, OpenItem] = {}
        self._heap: list[tuple[str, int]] = []
        self._further = iter(further)
        self._read_ahead: int | None = None

    def put(self, item: OpenItem) -> None:
        """Store what is open of an item; without any it is closed."""
        if not item.remaining_minor:
            self._open.pop(item.sequence, None)
            return
        if item.sequence not in self._open:
            heappush(self._heap, (position(item), item.sequence))
        self._open[item.sequence] = item

    def in_order(self, named: Iterable[OpenItem]) -> Iterator[OpenItem]:
        """Open items, the named ones first; each has to be closed before the next is asked for."""
        for one in sorted(named, key=position):
            if one.sequence in self._open:
                yield self._open[one.sequence]
        while (first := self._first()) is not None:
            yield first

    def _first(self) -> OpenItem | None:
        if self._read_ahead is None:
            self._read()
        while self._heap:
            sequence = self._heap[0][1]
            if sequence in self._open:
                return self._open[sequence]
            heappop(self._heap)
            if sequence == self._read_ahead:
                self._read()
        return None

    def _read(self) -> None:
        item = next(self._further, None)
        self._read_ahead = 0 if item is None else item.sequence
        if item is not None:
            self.put(item)


def _pair(one: OpenItem, other: OpenItem) -> Pair:
    credit, debit = (one, other) if one.effect_minor < 0 else (other, one)
    return Pair(credit.sequence, debit.sequence)
