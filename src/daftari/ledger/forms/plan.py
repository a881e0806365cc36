"""The form of an instalment plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.forms import LATEST, Readings, TextForm, read_id
from daftari.kernel.money import CURRENCIES
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms.promise import refuse_past
from daftari.ledger.rules.commands import MakePlan
from daftari.ledger.rules.fields import PLAN
from daftari.ledger.rules.keys import plan_key
from daftari.ledger.rules.plans import (
    Every,
    Instalment,
    due_days,
    split_by,
    split_evenly,
)

Says = Callable[[int, int], str]
"""The note of one instalment's entry, from its number and the number of all."""


@dataclass(frozen=True, slots=True)
class PlanForm(TextForm):
    """The plan form as typed. `schedule`: the digest of the preview that was shown before
    saving.
    """

    id: str = ""
    amount: str = ""
    paid_down: str = ""
    currency: str = ""
    first_on: str = ""
    day_choice: str = ""
    every: str = Every.MONTH
    count: str = ""
    each: str = ""
    note: str = ""
    schedule: str = ""

    def key(self, shop: Shop, customer_id: str) -> RequestKey:
        """The idempotency key of the form, whatever it is worth today."""
        form = Readings(PLAN)
        return plan_key(self._read(form, shop, customer_id)).without(form.refused)

    def command(self, shop: Shop, customer_id: str, today: date, says: Says) -> MakePlan:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings(PLAN)
        plan = self._read(form, shop, customer_id)
        form.read("first_on", lambda: refuse_past(plan.first_on, today), None)
        if "amount" not in form.refused:
            form.read("paid_down", lambda: _refuse_all_paid(plan), None)
        form.settle()
        return replace(plan, instalments=_instalments(shop, plan, says))

    def _read(self, form: Readings, shop: Shop, customer_id: str) -> MakePlan:
        """The plan without instalments, before it is held against today."""
        currency = form.field("currency", self.currency or shop.currency, shop.currency)
        money = CURRENCIES[currency].decimals, shop.notation
        return MakePlan(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            currency=currency,
            price_minor=form.field("amount", self.amount, 0, *money),
            paid_down_minor=form.field("paid_down", self.paid_down, 0, *money),
            every=form.field("every", self.every, Every.MONTH),
            first_on=form.field("first_on", self.first_on or self.day_choice, date.min),
            count=form.field("count", self.count, None),
            each_minor=form.field("each", self.each, None, *money),
            instalments=(),
            note=form.field("note", self.note, ""),
        )


def _instalments(shop: Shop, plan: MakePlan, says: Says) -> tuple[Instalment, ...]:
    amounts = _amounts(plan)
    days = due_days(plan.first_on, plan.every, len(amounts), shop.hijri_shift)
    if days[-1] >= LATEST:
        raise Refusal(first_on="date_not_a_date")
    return tuple(
        Instalment(number, day, amount, _words(says(number, len(amounts)), plan.note))
        for number, (day, amount) in enumerate(zip(days, amounts, strict=True), 1)
    )


def _amounts(plan: MakePlan) -> tuple[int, ...]:
    rest_minor = plan.price_minor - plan.paid_down_minor
    match plan.count, plan.each_minor:
        case int(count), None:
            return split_evenly(rest_minor, count, CURRENCIES[plan.currency])
        case None, int(each_minor):
            return split_by(rest_minor, each_minor)
    raise Refusal(count="count_or_each")


def _words(label: str, note: str) -> str:
    return f"{label} · {note}" if note else label


def _refuse_all_paid(plan: MakePlan) -> None:
    if plan.paid_down_minor >= plan.price_minor:
        raise Refusal(paid_down="paid_down_too_much")
