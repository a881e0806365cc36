"""Allocation of payments to debts, oldest first (FIFO by day, then by sequence).

Debits (effect above zero) and credits (below zero) of one customer and currency are matched until
one side has nothing open. The rest of a credit is an advance, allocated to the next debit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from daftari.ledger.rules.chain import Entry


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An entry that is not fully allocated. `remaining_minor`: above zero, whatever the sign."""

    sequence: int
    occurred_on: date
    due_on: date | None
    effect_minor: int
    remaining_minor: int

    @property
    def is_debit(self) -> bool:
        return self.effect_minor > 0


@dataclass(frozen=True, slots=True)
class Allocation:
    """An amount of a credit that is allocated to a debit."""

    credit_sequence: int
    debit_sequence: int
    amount_minor: int


def allocate(items: Iterable[OpenItem]) -> tuple[list[Allocation], list[OpenItem]]:
    """Allocate credits to debits, oldest first; the allocations, and the items they changed."""
    in_order = sorted(items, key=lambda item: (item.occurred_on, item.sequence))
    debits = [item for item in in_order if item.is_debit]
    credits = [item for item in in_order if not item.is_debit]
    allocations: list[Allocation] = []
    changed: dict[int, OpenItem] = {}
    while debits and credits:
        debit, credit = debits[0], credits[0]
        amount = min(debit.remaining_minor, credit.remaining_minor)
        allocations.append(Allocation(credit.sequence, debit.sequence, amount))
        for side in (debits, credits):
            left = replace(side[0], remaining_minor=side[0].remaining_minor - amount)
            changed[left.sequence] = left
            side[:1] = [left] if left.remaining_minor else []
    return allocations, list(changed.values())


def item_of(entry: Entry, remaining_minor: int | None = None) -> OpenItem:
    """An open item from an entry; the full amount is open by default."""
    remaining = abs(entry.effect_minor) if remaining_minor is None else remaining_minor
    return OpenItem(entry.sequence, entry.occurred_on, entry.due_on, entry.effect_minor, remaining)


def others(allocations: Iterable[Allocation], sequence: int) -> list[int]:
    """Sequences of the entries on the other side of an entry's allocations."""
    return [_other(one, sequence) for one in allocations]


def reopen(
    standing: Iterable[OpenItem],
    freed: Iterable[OpenItem],
    allocations: Iterable[Allocation],
    sequence: int,
) -> list[OpenItem]:
    """Open items after entry `sequence` and its allocations are removed.

    `standing`: open items before; `freed`: the entries its allocations had touched.
    """
    items = {item.sequence: item for item in (*freed, *standing) if item.sequence != sequence}
    for one in allocations:
        other = _other(one, sequence)
        grown = items[other].remaining_minor + one.amount_minor
        items[other] = replace(items[other], remaining_minor=grown)
    return list(items.values())


def _other(one: Allocation, sequence: int) -> int:
    is_credit = one.credit_sequence == sequence
    return one.debit_sequence if is_credit else one.credit_sequence
