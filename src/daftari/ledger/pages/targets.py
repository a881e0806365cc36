"""What a payment can be for, as the sheet offers it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from daftari.db.base import ReadTx
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.kinds import direction
from daftari.ledger.store import plans
from daftari.ledger.store.targets import (
    OpenDebt,
    falls_due,
    find_covered_debts,
    find_debt,
    find_open_debts,
)

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
    tx: ReadTx, customer_id: str, role: str, balances: Mapping[str, int]
) -> tuple[TargetChoice, ...]:
    """Plans, newest first, then single debts, what falls due first before others.

    Without a balance that is owed there are none.
    """
    owed = [code for code, minor in balances.items() if minor * direction(role) > 0]
    return _choices(tx, customer_id, role, owed, ()) if owed else ()


def correction_choices(tx: ReadTx, payment: Entry, role: str) -> tuple[TargetChoice, ...]:
    """The choices of a payment that is corrected: as before it was made, and its own target."""
    covered = find_covered_debts(tx, payment.sequence)
    choices = _choices(tx, payment.customer_id, role, [payment.currency], covered)
    own = [one for one in choices if one.currency == payment.currency]
    return tuple(own if payment.for_id is None else _with_target(tx, own, payment.for_id))


def _choices(
    tx: ReadTx,
    customer_id: str,
    role: str,
    currencies: Sequence[str],
    covered: Sequence[OpenDebt],
) -> tuple[TargetChoice, ...]:
    given = {debt.id: debt.remaining_minor for debt in covered}
    left: dict[str, int] = defaultdict(int)
    instalments: set[str] = set()
    for part in plans.find_parts_of(tx, customer_id):
        left[part.plan_id] += part.remaining_minor + given.get(part.entry_id, 0)
        instalments.add(part.entry_id)
    of_plans = (
        _of_plan(plan, left[plan.id]) for plan in plans.find_plans(tx, customer_id) if left[plan.id]
    )
    debts = {debt.id: debt for debt in covered[:MOST_TARGETS]}
    for debt in find_open_debts(tx, customer_id, direction(role), currencies, MOST_TARGETS):
        remaining = debt.remaining_minor + given.get(debt.id, 0)
        debts[debt.id] = debt._replace(remaining_minor=remaining)
    single = (debt for debt in debts.values() if debt.id not in instalments)
    of_debts = map(_of_debt, sorted(single, key=falls_due))
    return (*of_plans, *of_debts)


def _with_target(tx: ReadTx, choices: list[TargetChoice], for_id: str) -> list[TargetChoice]:
    """The choices with the present target under the id that the payment names it by."""
    debt, plan = find_debt(tx, for_id), plans.find_plan(tx, for_id)
    current = debt.id if debt else for_id
    if any(one.id == current for one in choices):
        return [replace(one, id=for_id) if one.id == current else one for one in choices]
    if debt:
        return [*choices, replace(_of_debt(debt), id=for_id)]
    return [*choices, _of_plan(plan, 0)] if plan else choices


def _of_plan(plan: plans.FoundPlan, left: int) -> TargetChoice:
    return TargetChoice(plan.id, left, plan.currency, note=plan.note)


def _of_debt(debt: OpenDebt) -> TargetChoice:
    return TargetChoice(debt.id, debt.remaining_minor, debt.currency, debt.occurred_on, debt.due_on)
