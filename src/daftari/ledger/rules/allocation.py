"""Which payments cover which debts: the oldest first (FIFO by day, then by line).

Debits (effect above zero) and credits (below zero) of one customer and currency are matched until
one side has nothing open. What a credit has left is an advance that the next debit takes up.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from daftari.ledger.rules.chain import Entry


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A line that is not wholly settled. `remaining_minor`: above zero, whatever the sign."""

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
    """`amount_minor` of a credit stands against a debit."""

    credit_sequence: int
    debit_sequence: int
    amount_minor: int


def allocate(items: Iterable[OpenItem]) -> tuple[list[Allocation], list[OpenItem]]:
    """Cover debits by credits, oldest first. Returns the covers, and the items they changed."""
    in_order = sorted(items, key=lambda item: (item.occurred_on, item.sequence))
    debits = [item for item in in_order if item.is_debit]
    credits = [item for item in in_order if not item.is_debit]
    covers: list[Allocation] = []
    changed: dict[int, OpenItem] = {}
    while debits and credits:
        debit, credit = debits[0], credits[0]
        amount = min(debit.remaining_minor, credit.remaining_minor)
        covers.append(Allocation(credit.sequence, debit.sequence, amount))
        for side in (debits, credits):
            left = replace(side[0], remaining_minor=side[0].remaining_minor - amount)
            changed[left.sequence] = left
            side[:1] = [left] if left.remaining_minor else []
    return covers, list(changed.values())


def item_of(entry: Entry, remaining_minor: int | None = None) -> OpenItem:
    """A line as an item, open in full unless said otherwise."""
    remaining = abs(entry.effect_minor) if remaining_minor is None else remaining_minor
    return OpenItem(entry.sequence, entry.occurred_on, entry.due_on, entry.effect_minor, remaining)


def others(covers: Iterable[Allocation], sequence: int) -> list[int]:
    """The lines on the other side of a line's covers."""
    return [_other(cover, sequence) for cover in covers]


def reopen(
    standing: Iterable[OpenItem],
    freed: Iterable[OpenItem],
    covers: Iterable[Allocation],
    sequence: int,
) -> list[OpenItem]:
    """What is open once line `sequence` and its covers are gone.

    `standing`: what was open before; `freed`: the lines its covers had touched.
    """
    items = {item.sequence: item for item in (*freed, *standing) if item.sequence != sequence}
    for cover in covers:
        other = _other(cover, sequence)
        grown = items[other].remaining_minor + cover.amount_minor
        items[other] = replace(items[other], remaining_minor=grown)
    return list(items.values())


def _other(cover: Allocation, sequence: int) -> int:
    is_credit = cover.credit_sequence == sequence
    return cover.debit_sequence if is_credit else cover.credit_sequence
