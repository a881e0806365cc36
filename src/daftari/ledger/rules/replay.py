"""Replay of one customer's entries from the first, to compute the derived state independently.

The code is separate from `allocation`, whose stored results are compared with it.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class ReplayedEntry(NamedTuple):
    """The fields of an entry that a replay needs. `old_sequence`: the entry that this one
    reverses.
    """

    customer_id: str
    sequence: int
    kind: str
    amount_minor: int
    effect_minor: int
    currency: str
    occurred_on: str
    due_on: str | None
    recorded_at: str
    old_sequence: int | None


class ReplayedOpenItem(NamedTuple):
    """An open item as `open_items` should hold it."""

    currency: str
    sequence: int
    occurred_on: str
    due_on: str | None
    effect_minor: int
    remaining_minor: int


class ReplayedSummary(NamedTuple):
    """The values that the customer's own row should hold."""

    balance_minor: int
    oldest_due_on: str | None
    last_entry_at: str | None
    last_payment_on: str | None


@dataclass(slots=True)
class _CurrencyAccount:
    """A customer's entries of one currency. Amounts are signed: above zero is what he owes."""

    balance: int = 0
    written_off: int = 0
    entries: dict[int, ReplayedEntry] = field(default_factory=dict)
    left: dict[int, int] = field(default_factory=dict)
    owes: list[tuple[str, int]] = field(default_factory=list)
    owed: list[tuple[str, int]] = field(default_factory=list)
    against: defaultdict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def write(self, entry: ReplayedEntry) -> None:
        self.balance += entry.effect_minor
        self.written_off += _written_off(entry.kind, entry.amount_minor)
        self.entries[entry.sequence] = entry
        self._open(entry.sequence, entry.effect_minor)
        self._settle()

    def take_back(self, sequence: int) -> None:
        """Undo an entry, and reopen what it was allocated to."""
        entry = self.entries[sequence]
        self.balance -= entry.effect_minor
        self.written_off -= _written_off(entry.kind, entry.amount_minor)
        for other, amount in self.against.pop(sequence, {}).items():
            del self.against[other][sequence]
            self._open(other, amount if self.entries[other].effect_minor > 0 else -amount)
        self._open(sequence, -self.left.get(sequence, 0))
        self._settle()

    def _open(self, sequence: int, change: int) -> None:
        """Change the open amount of an entry; at zero it is closed."""
        before = self.left.pop(sequence, 0)
        entry = self.entries[sequence]
        side = self.owes if entry.effect_minor > 0 else self.owed
        place = (entry.occurred_on, sequence)
        if before:
            del side[bisect_left(side, place)]
        if before + change:
            insort(side, place)
            self.left[sequence] = before + change

    def _settle(self) -> None:
        while self.owes and self.owed:
            debt, credit = self.owes[0][1], self.owed[0][1]
            amount = min(self.left[debt], -self.left[credit])
            for entry, other, change in ((debt, credit, -amount), (credit, debt, amount)):
                self.against[entry][other] = self.against[entry].get(other, 0) + amount
                self._open(entry, change)


class Replay:
    """A replay of one customer: pass every entry in order, then read the results."""

    def __init__(self, role: str, main_currency: str) -> None:
        self._owing = -1 if role == "supplier" else 1
        self._main = main_currency
        self._accounts: dict[str, _CurrencyAccount] = {}
        self._payments: dict[int, str] = {}
        self._last_entry_at: str | None = None
        self.last_sequence: int | None = None

    def play(self, entry: ReplayedEntry) -> None:
        account = self._accounts.setdefault(entry.currency, _CurrencyAccount())
        if entry.old_sequence is None:
            account.write(entry)
        else:
            account.take_back(entry.old_sequence)
            self._payments.pop(entry.old_sequence, None)
        if entry.kind == "payment":
            self._payments[entry.sequence] = entry.occurred_on
        self._last_entry_at = entry.recorded_at
        self.last_sequence = entry.sequence

    def balances(self) -> dict[str, tuple[int, int]]:
        """By currency: the balance, and the amount written off and not recovered."""
        return {code: (one.balance, one.written_off) for code, one in self._accounts.items()}

    def open_items(self) -> dict[int, ReplayedOpenItem]:
        return {
            sequence: ReplayedOpenItem(code, sequence, *_days(account, sequence), abs(left))
            for code, account in self._accounts.items()
            for sequence, left in account.left.items()
        }

    def allocations(self) -> dict[tuple[int, int], int]:
        """Allocated amounts by the sequences of credit and debit."""
        return {
            (credit, debit): amount
            for account in self._accounts.values()
            for credit, debits in account.against.items()
            if account.entries[credit].effect_minor < 0
            for debit, amount in debits.items()
        }

    def standing(self) -> ReplayedSummary:
        dues = [
            one.due_on
            for one in self.open_items().values()
            if one.due_on and one.effect_minor * self._owing > 0
        ]
        main = self._accounts.get(self._main)
        return ReplayedSummary(
            balance_minor=main.balance if main else 0,
            oldest_due_on=min(dues, default=None),
            last_entry_at=self._last_entry_at,
            last_payment_on=max(self._payments.values(), default=None),
        )


def _days(account: _CurrencyAccount, sequence: int) -> tuple[str, str | None, int]:
    entry = account.entries[sequence]
    return entry.occurred_on, entry.due_on, entry.effect_minor


def _written_off(kind: str, amount_minor: int) -> int:
    if kind == "write_off":
        return amount_minor
    return -amount_minor if kind == "recovery" else 0
