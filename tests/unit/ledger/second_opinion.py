"""A second opinion on allocation, written from its definition alone, coin by coin.

The entries that stand are taken in the order of civil days; within a day debts before payments,
then the smaller amount, then the id. A payment covers what it says it is for first, then of the
debts that existed on its day the one that falls due first; debts with no due day come after all
that have one, oldest first. What is left is an advance that the next debt takes up.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fact:
    """`owed`: above zero a debt, below zero a payment. `means`: ids of the debts that it names."""

    id: str
    day: date
    owed: int
    due: date | None = None
    means: frozenset[str] = frozenset()


def covered(facts: list[Fact]) -> Counter[tuple[str, str]]:
    """How many coins of which payment lie on which debt, by their ids."""
    lies: Counter[tuple[str, str]] = Counter()
    open_coins: list[Fact] = []  # of debts, one item a coin
    spare_coins: list[Fact] = []  # of payments
    for day in sorted({fact.day for fact in facts}):
        today = sorted((f for f in facts if f.day == day), key=lambda f: (abs(f.owed), f.id))
        for debt in (fact for fact in today if fact.owed > 0):
            for _ in range(debt.owed):
                if spare_coins:
                    lies[spare_coins.pop(0).id, debt.id] += 1
                else:
                    open_coins.append(debt)
        for payment in (fact for fact in today if fact.owed < 0):
            for _ in range(-payment.owed):
                if open_coins:
                    debt = min(open_coins, key=lambda debt: _urgency(payment, debt))
                    open_coins.remove(debt)
                    lies[payment.id, debt.id] += 1
                else:
                    spare_coins.append(payment)
    return lies


def left_open(facts: list[Fact]) -> dict[str, int]:
    """The coins of each debt that nothing covers, and of each payment that cover nothing."""
    used: Counter[str] = Counter()
    for (payment, debt), coins in covered(facts).items():
        used[payment] += coins
        used[debt] += coins
    return {f.id: left for f in facts if (left := abs(f.owed) - used[f.id])}


def _urgency(payment: Fact, debt: Fact) -> tuple[object, ...]:
    return (
        debt.id not in payment.means,
        debt.due is None,
        debt.due or debt.day,
        debt.day,
        debt.owed,
        debt.id,
    )
