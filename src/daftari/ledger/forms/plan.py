"""The form of an instalment plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin
from daftari.kernel.forms import (
    LATEST,
    Readings,
    TextForm,
    read_choice,
    read_id,
    read_words,
)
from daftari.kernel.money import CURRENCIES, parse_amount
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.forms.entry import read_currency
from daftari.ledger.forms.promise import read_agreed_day, refuse_past
from daftari.ledger.rules.commands import MakePlan
from daftari.ledger.rules.keys import plan_key
from daftari.ledger.rules.plans import (
    FEWEST,
    MOST,
    Every,
    Instalment,
    due_days,
    split_by,
    split_evenly,
)

LONGEST_NOTE = 200
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
        form = Readings()
        return plan_key(self._read(form, shop, customer_id)).without(form.refused)

    def command(self, shop: Shop, customer_id: str, today: date, says: Says) -> MakePlan:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings()
        plan = self._read(form, shop, customer_id)
        form.read("first_on", lambda: refuse_past(plan.first_on, today), None)
        if "amount" not in form.refused:
            form.read("paid_down", lambda: _refuse_all_paid(plan), None)
        form.settle()
        return replace(plan, instalments=_instalments(shop, plan, says))

    def _read(self, form: Readings, shop: Shop, customer_id: str) -> MakePlan:
        """The plan without instalments, before it is held against today."""
        code = self.currency or shop.currency
        currency = form.read("currency", lambda: read_currency(code), shop.currency)
        amount = partial(_read_amount, form, shop, CURRENCIES[currency].decimals)
        day, paid_down = self.first_on or self.day_choice, self.paid_down
        return MakePlan(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            currency=currency,
            price_minor=amount("amount", self.amount) or 0,
            paid_down_minor=0 if _is_nothing(paid_down) else amount("paid_down", paid_down) or 0,
            every=form.read("every", lambda: _read_every(self.every or Every.MONTH), Every.MONTH),
            first_on=form.read("first_on", lambda: read_agreed_day(day), date.min),
            count=form.read("count", lambda: _read_count(self.count), None),
            each_minor=amount("each", self.each) if neutral(self.each) else None,
            instalments=(),
            note=form.read("note", lambda: read_words(self.note, LONGEST_NOTE), ""),
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


def _read_amount(form: Readings, shop: Shop, decimals: int, field: str, text: str) -> int | None:
    return form.read(field, lambda: parse_amount(text, decimals, shop.notation), None)


def _is_nothing(text: str) -> bool:
    """Whether a field is empty or zero."""
    return not to_latin(neutral(text)).strip("0.,٫")


def _words(label: str, note: str) -> str:
    return f"{label} · {note}" if note else label


def _read_every(text: str) -> Every:
    return Every(read_choice(text, tuple(Every), "choice_unknown"))


def _read_count(text: str) -> int | None:
    text = to_latin(neutral(text))
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refusal(count=Reason("count_not_right", {"fewest": FEWEST, "most": MOST}))
    return int(text)


def _refuse_all_paid(plan: MakePlan) -> None:
    if plan.paid_down_minor >= plan.price_minor:
        raise Refusal(paid_down="paid_down_too_much")
