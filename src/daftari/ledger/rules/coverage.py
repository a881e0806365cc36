"""The debts that payments cover, computed for the proof with lists and nothing else.

The code is separate from `allocation`, with which it is compared.
"""

from bisect import insort
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple


class ReplayedEntry(NamedTuple):
    """The fields of an entry that a replay needs. `old_sequence`: the entry that this one
    reverses. `plan_id`: the plan of which it is an instalment.
    """

    customer_id: str
    sequence: int
    id: str
    kind: str
    amount_minor: int
    effect_minor: int
    currency: str
    occurred_on: date
    due_on: date | None
    recorded_at: datetime
    for_id: str | None
    corrects_id: str | None
    old_sequence: int | None
    plan_id: str | None

    @property
    def first_id(self) -> str:
        return self.corrects_id or self.id


Place = tuple[str, str, str, str]
_Side = list[tuple[Place, ReplayedEntry]]


def rank(entry: ReplayedEntry) -> tuple[int, str]:
    """The order of entries of one day and side: the smaller amount, then the id."""
    return entry.amount_minor, entry.first_id


def place(entry: ReplayedEntry) -> Place:
    """The place of what is open: by due day, without one last; then day, amount, id."""
    due = entry.due_on.isoformat() if entry.due_on else "9999-99-99"
    return due, entry.occurred_on.isoformat(), f"{entry.amount_minor:016}", entry.first_id


class Coverage:
    """Open debts and advances of one account: pass its entries in the order of days."""

    def __init__(self, entries: Iterable[ReplayedEntry]) -> None:
        """`entries`: all of the account, also those that do not stand, to know what ids mean."""
        every = list(entries)
        self._firsts = {entry.id: entry.first_id for entry in every}
        self._plans = {entry.first_id: entry.plan_id for entry in every if entry.plan_id}
        self._debts: _Side = []
        self._advances: _Side = []
        self._left: dict[int, int] = {}
        self.amounts: dict[tuple[int, int], int] = {}

    def owe(self, debt: ReplayedEntry) -> None:
        """A debt: advances that are left cover it, the oldest first."""
        self._left[debt.sequence] = debt.amount_minor
        insort(self._debts, (place(debt), debt))
        while self._advances and debt.sequence in self._left:
            self._cover(self._advances[0][1], debt)

    def pay(self, payment: ReplayedEntry) -> None:
        """A payment: it covers what it names, then what falls due first; the rest is an advance."""
        self._left[payment.sequence] = payment.amount_minor
        insort(self._advances, (place(payment), payment))
        for debt in [debt for _, debt in self._debts if self._is_for(payment, debt)]:
            if payment.sequence in self._left:
                self._cover(payment, debt)
        while self._debts and payment.sequence in self._left:
            self._cover(payment, self._debts[0][1])

    def open(self) -> Iterator[tuple[ReplayedEntry, int]]:
        """What is left of each entry."""
        for _, entry in (*self._debts, *self._advances):
            yield entry, self._left[entry.sequence]

    def _is_for(self, payment: ReplayedEntry, debt: ReplayedEntry) -> bool:
        if payment.for_id is None:
            return False
        named = self._firsts.get(payment.for_id)
        return named == debt.first_id or self._plans.get(debt.first_id) == payment.for_id

    def _cover(self, payment: ReplayedEntry, debt: ReplayedEntry) -> None:
        amount = min(self._left[payment.sequence], self._left[debt.sequence])
        self.amounts[payment.sequence, debt.sequence] = amount
        for side, entry in ((self._advances, payment), (self._debts, debt)):
            self._left[entry.sequence] -= amount
            if not self._left[entry.sequence]:
                del self._left[entry.sequence]
                side.remove((place(entry), entry))
