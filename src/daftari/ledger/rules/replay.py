"""Replay of one customer's entries, to compute the derived state independently.

The code is separate from `allocation`, whose stored results are compared with it.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from daftari.ledger.rules.coverage import Coverage, ReplayedEntry, place, rank


class ReplayedOpenItem(NamedTuple):
    """An open item as `open_items` should hold it."""

    currency: str
    sequence: int
    occurred_on: date
    due_on: date | None
    effect_minor: int
    remaining_minor: int
    position: str


class ReplayedSummary(NamedTuple):
    """The values that the customer's own row should hold."""

    balance_minor: int
    oldest_due_on: date | None
    last_entry_at: datetime | None
    last_payment_on: date | None


class Replay:
    """A replay of one customer: pass every entry in order, then read the results."""

    def __init__(self, role: str, main_currency: str) -> None:
        self._owing = -1 if role == "supplier" else 1
        self._main = main_currency
        self._accounts: dict[str, _CurrencyAccount] = {}
        self._payments: dict[int, date] = {}
        self._last_entry_at: datetime | None = None
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
            entry.sequence: ReplayedOpenItem(
                code,
                entry.sequence,
                entry.occurred_on,
                entry.due_on,
                entry.effect_minor,
                left,
                " ".join(place(entry)),
            )
            for code, coverage in self._coverages.items()
            for entry, left in coverage.open()
        }

    def due_sums(self) -> Counter[tuple[int, str, date]]:
        """What is open by direction (1 for what the shop is owed), currency and due day."""
        sums: Counter[tuple[int, str, date]] = Counter()
        for one in self.open_items().values():
            if one.due_on:
                place = 1 if one.effect_minor > 0 else -1, one.currency, one.due_on
                sums[place] += one.remaining_minor
        return sums

    def allocations(self) -> dict[tuple[int, int], int]:
        """Allocated amounts by the sequences of credit (effect below zero) and debit."""
        return {
            (payment, debt) if self._owing > 0 else (debt, payment): amount
            for coverage in self._coverages.values()
            for (payment, debt), amount in coverage.amounts.items()
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

    @cached_property
    def _coverages(self) -> dict[str, Coverage]:
        return {code: one.coverage(self._owing) for code, one in self._accounts.items()}


@dataclass(slots=True)
class _CurrencyAccount:
    """A customer's entries of one currency."""

    balance: int = 0
    written_off: int = 0
    entries: dict[int, ReplayedEntry] = field(default_factory=dict)
    reversed: set[int] = field(default_factory=set)

    def write(self, entry: ReplayedEntry) -> None:
        self.balance += entry.effect_minor
        self.written_off += _written_off(entry.kind, entry.amount_minor)
        self.entries[entry.sequence] = entry

    def take_back(self, sequence: int) -> None:
        entry = self.entries[sequence]
        self.balance -= entry.effect_minor
        self.written_off -= _written_off(entry.kind, entry.amount_minor)
        self.reversed.add(sequence)

    def coverage(self, owing: int) -> Coverage:
        """What the payments that stand cover, in the order of days."""
        coverage = Coverage(self.entries.values())
        standing = (
            entry
            for sequence, entry in self.entries.items()
            if sequence not in self.reversed and entry.effect_minor
        )
        days = ((one.occurred_on, one.effect_minor * owing < 0, one) for one in standing)
        for _, is_payment, entry in sorted(days, key=lambda day: (*day[:2], rank(day[2]))):
            if is_payment:
                coverage.pay(entry)
            else:
                coverage.owe(entry)
        return coverage


def _written_off(kind: str, amount_minor: int) -> int:
    if kind == "write_off":
        return amount_minor
    return -amount_minor if kind == "recovery" else 0
