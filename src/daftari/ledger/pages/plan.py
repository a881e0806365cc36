"""Pages of an instalment plan: its form, its preview, and its progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.calendar import days_late
from daftari.kernel.ids import is_id, new_id
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.kernel.refusal import Missing, Reason
from daftari.ledger.forms import PlanForm
from daftari.ledger.pages.parts import currency_codes
from daftari.ledger.rules.commands import MakePlan
from daftari.ledger.rules.due_days import DayChoice, due_choices
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.plans import Every, Instalment
from daftari.ledger.store import account, plans
from daftari.ledger.store.plans import InstalmentRow


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of a plan, without reversed instalments.

    `done`, `count`: instalments; `next_on`: the day of the first open one, None when all are paid;
    `is_over`: no instalment is open.
    """

    currency: str
    total_minor: int
    paid_minor: int
    done: int
    count: int
    reversed: int
    next_on: date | None
    next_minor: int
    is_late: bool

    @property
    def left_minor(self) -> int:
        return self.total_minor - self.paid_minor

    @classmethod
    def of(cls, currency: str, parts: Sequence[InstalmentRow], today: date) -> "Progress":
        standing = [part for part in parts if not part.is_reversed]
        still = [part for part in standing if part.remaining_minor]
        total = sum(part.amount_minor for part in standing)
        return cls(
            currency=currency,
            total_minor=total,
            paid_minor=total - sum(part.remaining_minor for part in still),
            done=len(standing) - len(still),
            count=len(standing),
            reversed=len(parts) - len(standing),
            next_on=still[0].due_on if still else None,
            next_minor=still[0].remaining_minor if still else 0,
            is_late=bool(still) and still[0].due_on < today,
        )


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """An instalment. `state`: paid, part, late, today, ahead or reversed."""

    number: int
    due_on: date
    minor: int
    paid_minor: int
    left_minor: int
    days_late: int
    state: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """View model of a plan.

    `pay_href`: a payment of the next instalment, None when nothing is open or the member may not
    record payments; `reversal_id`: idempotency key of the plan's reversal, None when it is not
    permitted.
    """

    customer_href: str
    name: str
    is_supplier: bool
    note: str
    currency: str
    price_minor: int
    paid_down_minor: int
    made_on: date
    progress: Progress
    parts: tuple[InstalmentView, ...]
    pay_href: str | None
    reversal_action: str
    reversal_id: str | None
    reasons: Mapping[str, Reason]
    today: date


@dataclass(frozen=True, slots=True)
class Preview:
    """The instalments that would be recorded. `schedule`: their digest, sent back on saving."""

    currency: str
    instalments: tuple[Instalment, ...]
    rest_minor: int
    schedule: str


@dataclass(frozen=True, slots=True)
class NewPlanPage:
    """View model of the plan form, with its preview; None while a field is missing."""

    action: str
    back: str
    name: str
    is_supplier: bool
    is_frozen: bool
    form: PlanForm
    reasons: Mapping[str, Reason]
    preview: Preview | None
    currencies: tuple[str, ...]
    everies: tuple[str, ...]
    day_choices: tuple[DayChoice, ...]
    today: date


def new_plan() -> PlanForm:
    """An empty form with a new id, so that submitting it twice makes one plan."""
    return PlanForm(id=new_id())


def new_plan_page(
    tx: ReadTx,
    member: Member,
    today: date,
    customer_id: str,
    form: PlanForm,
    command: MakePlan | None,
    reasons: Mapping[str, Reason],
) -> NewPlanPage:
    """The page of the form; `command` is for the preview. Raises `Missing` for an unknown
    customer.
    """
    customer = account.find_customer(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    shop = member.shop
    balances = [row.currency for row in account.find_balances(tx, customer_id)]
    is_spent = "form" in reasons and reasons["form"].name == "plan_conflict"
    with_hijri = shop.calendar == "hijri"
    href = f"{shop.home}/customers/{customer_id}"
    return NewPlanPage(
        action=f"{href}/plans",
        back=f"{href}/due",
        name=customer.name,
        is_supplier=customer.role == "supplier",
        is_frozen=customer.frozen_at is not None,
        form=replace(
            form,
            id=new_id() if is_spent or not is_id(form.id) else form.id,
            currency=form.currency if form.currency in CURRENCIES else shop.currency,
        ),
        reasons=reasons,
        preview=preview_of(command) if command else None,
        currencies=currency_codes(shop.currency, balances),
        everies=tuple(one for one in Every if with_hijri or one is not Every.HIJRI_MONTH),
        day_choices=due_choices(customer.payday, shop, today),
        today=today,
    )


def preview_of(command: MakePlan) -> Preview:
    rest = command.price_minor - command.paid_down_minor
    return Preview(command.currency, command.instalments, rest, command.schedule)


def plan_page(
    tx: ReadTx, member: Member, today: date, plan_id: str, reasons: Mapping[str, Reason]
) -> PlanPage:
    """The plan's page. `reasons`: of a refused reversal. Raises `Missing` for an unknown plan."""
    plan = plans.find_plan(tx, plan_id)
    if plan is None:
        raise Missing(plan_id)
    customer = account.find_customer(tx, plan.customer_id)
    found = plans.find_parts(tx, plan_id)
    progress = Progress.of(plan.currency, found, today)
    shop = member.shop
    customer_href = f"{shop.home}/customers/{plan.customer_id}"
    may_pay = member.may(Permission.RECORD_ENTRY) and progress.left_minor > 0
    return PlanPage(
        customer_href=customer_href,
        name=customer.name,
        is_supplier=customer.role == "supplier",
        note=plan.note,
        currency=plan.currency,
        price_minor=plan.price_minor,
        paid_down_minor=plan.paid_down_minor,
        made_on=shop.day_of(plan.made_at),
        progress=progress,
        parts=tuple(_part(part, today) for part in found),
        pay_href=_pay_href(member, customer_href, progress) if may_pay else None,
        reversal_action=f"{shop.home}/plans/{plan_id}/reversal",
        reversal_id=new_id() if progress.count and member.may(Permission.REVERSE_ENTRY) else None,
        reasons=reasons,
        today=today,
    )


def _pay_href(member: Member, customer_href: str, progress: Progress) -> str:
    """The link to a payment, with the amount when the currency is the shop's own."""
    shop, asked = member.shop, {"kind": str(Kind.PAYMENT)}
    if progress.currency == shop.currency:
        decimals = shop.money.decimals
        amount = format_amount(progress.next_minor, decimals, shop.digits, shop.notation)
        asked |= {"amount": amount}
    return f"{customer_href}/entries/new?{urlencode(asked)}"


def _part(part: InstalmentRow, today: date) -> InstalmentView:
    paid = 0 if part.is_reversed else part.amount_minor - part.remaining_minor
    return InstalmentView(
        number=part.number,
        due_on=part.due_on,
        minor=part.amount_minor,
        paid_minor=paid,
        left_minor=part.remaining_minor,
        days_late=days_late(part.due_on, today),
        state=_state(part, today),
    )


def _state(part: InstalmentRow, today: date) -> str:
    if part.is_reversed:
        return "reversed"
    if not part.remaining_minor:
        return "paid"
    if part.due_on < today:
        return "late"
    if part.due_on == today:
        return "today"
    return "part" if part.remaining_minor < part.amount_minor else "ahead"
