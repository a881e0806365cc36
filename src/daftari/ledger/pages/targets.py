"""What a payment can be for, as the sheet offers it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daftari.db.base import ReadTx
from daftari.ledger.rules.kinds import direction
from daftari.ledger.store import plans
from daftari.ledger.store.targets import find_open_debts

MOST_TARGETS = 30


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """An open debt, or a plan with something left. `note`: of the plan; `occurred_on` and `due_on`:
    of the debt.
    """

    id: str
    minor: int
    currency: str
    occurred_on: date | None = None
    due_on: date | None = None
    note: str = ""

    @property
    def is_plan(self) -> bool:
        return self.occurred_on is None


def target_choices(
    tx: ReadTx, customer_id: str, role: str, balances: Iterable[int]
) -> tuple[TargetChoice, ...]:
    """Plans, newest first, then single debts, what falls due first before others.

    Without a balance that is owed there are none.
    """
    owing = direction(role)
    if not any(balance * owing > 0 for balance in balances):
        return ()
    left: dict[str, int] = defaultdict(int)
    instalments: set[str] = set()
    for part in plans.find_parts_of(tx, customer_id):
        left[part.plan_id] += part.remaining_minor
        instalments.add(part.entry_id)
    of_plans = (
        TargetChoice(plan.id, left[plan.id], plan.currency, note=plan.note)
        for plan in plans.find_plans(tx, customer_id)
        if left[plan.id]
    )
    of_debts = (
        TargetChoice(debt.id, debt.remaining_minor, debt.currency, debt.occurred_on, debt.due_on)
        for debt in find_open_debts(tx, customer_id, owing, MOST_TARGETS)
        if debt.id not in instalments
    )
    return (*of_plans, *of_debts)
