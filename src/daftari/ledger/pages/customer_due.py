"""The due page of one customer: promises, instalment plans, debts with a due date."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.calendar import days_late
from daftari.kernel.paydays import Payday, next_payday
from daftari.kernel.refusal import Missing
from daftari.ledger.pages.parts import BalanceView, PromiseView
from daftari.ledger.pages.plan import Progress
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.promises import Promise, PromiseOutcome, outcomes
from daftari.ledger.store import account, plans, promises
from daftari.ledger.store.targets import OpenDebt, count_dated_debts, find_open_debts

MOST_DEBTS = 60


@dataclass(frozen=True, slots=True)
class PlanRow:
    href: str
    note: str
    made_on: date
    progress: Progress


@dataclass(frozen=True, slots=True)
class DatedDebt:
    """The open amount of a debt with a due date. `group`: late, today, ahead."""

    due_on: date
    occurred_on: date
    minor: int
    currency: str
    days_late: int
    group: str


@dataclass(frozen=True, slots=True)
class CustomerDuePage:
    """View model of a customer's due page.

    `open_promises`: one for each currency; `past_promises`: all others with their outcomes, newest
    first. `payday_on`: the next one. `more_debts`: how many are not shown. `late`: the sum of what
    is late, by currency; `days_late`: of the oldest debt.
    """

    home: str
    href: str
    name: str
    is_supplier: bool
    payday: Payday | None
    payday_on: date | None
    open_promises: tuple[PromiseView, ...]
    past_promises: tuple[PromiseView, ...]
    plans: tuple[PlanRow, ...]
    late: tuple[BalanceView, ...]
    days_late: int
    debts: tuple[DatedDebt, ...]
    more_debts: int
    may_record: bool
    may_promise: bool
    today: date


def customer_due_page(tx: ReadTx, member: Member, today: date, customer_id: str) -> CustomerDuePage:
    """The due page of a customer. Raises `Missing` for an unknown customer."""
    customer = account.find_customer(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    shop, owing = member.shop, direction(customer.role)
    said = _promises(tx, member, customer_id, today)
    open_now = tuple(one for one in said if one.outcome == PromiseOutcome.OPEN)
    balances = account.find_balances(tx, customer_id)
    owed = [row.currency for row in balances if row.balance_minor * owing > 0]
    found = find_open_debts(tx, customer_id, owing, owed, MOST_DEBTS)
    dated = [debt for debt in found if debt.due_on]
    payday = Payday.parse(customer.payday) if customer.payday else None
    may_record = member.may(Permission.RECORD_ENTRY)
    return CustomerDuePage(
        home=shop.home,
        href=f"{shop.home}/customers/{customer_id}",
        name=customer.name,
        is_supplier=customer.role == "supplier",
        payday=payday,
        payday_on=next_payday(payday, today, shop.weekend, shop.hijri_shift) if payday else None,
        open_promises=open_now,
        past_promises=tuple(one for one in said if one not in open_now),
        plans=_plans(tx, member, customer_id, today),
        late=_late(dated, today, owing),
        days_late=max((days_late(debt.due_on or today, today) for debt in dated), default=0),
        debts=tuple(_debt(debt, today) for debt in dated),
        more_debts=count_dated_debts(tx, customer_id, owing) - len(dated),
        may_record=may_record,
        may_promise=may_record and bool(owed),
        today=today,
    )


def _promises(tx: ReadTx, member: Member, customer_id: str, today: date) -> list[PromiseView]:
    """Promises, newest first; outcomes are computed for each currency separately."""
    found = promises.find_promises(tx, customer_id)
    by_currency: dict[str, list[Promise]] = defaultdict(list)
    for one in found:
        by_currency[one.currency].append(one)
    became: dict[str, PromiseOutcome] = {}
    for group in by_currency.values():
        made_on = [member.shop.day_of(one.made_at) for one in group]
        said = outcomes(group, made_on, today)
        became |= {one.id: outcome for one, outcome in zip(group, said, strict=True)}
    return [PromiseView.of(one, became[one.id]) for one in found]


def _plans(tx: ReadTx, member: Member, customer_id: str, today: date) -> tuple[PlanRow, ...]:
    parts: dict[str, list[plans.InstalmentRow]] = defaultdict(list)
    for part in plans.find_parts_of(tx, customer_id):
        parts[part.plan_id].append(part)
    shop = member.shop
    return tuple(
        PlanRow(
            href=f"{shop.home}/plans/{plan.id}",
            note=plan.note,
            made_on=shop.day_of(plan.made_at),
            progress=Progress.of(plan.currency, parts[plan.id], today),
        )
        for plan in plans.find_plans(tx, customer_id)
    )


def _late(dated: Iterable[OpenDebt], today: date, owing: int) -> tuple[BalanceView, ...]:
    sums: dict[str, int] = defaultdict(int)
    for debt in dated:
        if debt.due_on is not None and debt.due_on < today:
            sums[debt.currency] += debt.remaining_minor
    return tuple(BalanceView.of(minor * owing, code) for code, minor in sums.items())


def _debt(item: OpenDebt, today: date) -> DatedDebt:
    due_on = item.due_on or date.max
    return DatedDebt(
        due_on=due_on,
        occurred_on=item.occurred_on,
        minor=item.remaining_minor,
        currency=item.currency,
        days_late=days_late(due_on, today),
        group="late" if due_on < today else "today" if due_on == today else "ahead",
    )
