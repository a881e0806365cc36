"""The form of an instalment plan."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin
from daftari.kernel.forms import LATEST, Readings, TextForm, read_choice, read_id, read_words
from daftari.kernel.money import CURRENCIES, Currency, parse_amount
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.forms.entry import read_currency
from daftari.ledger.forms.promise import read_coming
from daftari.ledger.rules.commands import MakePlan
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

    def command(self, shop: Shop, customer_id: str, today: date, says: Says) -> MakePlan:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings()
        code = self.currency or shop.currency
        currency = form.read("currency", lambda: read_currency(code), shop.currency)
        amount = partial(_read_amount, form, shop, CURRENCIES[currency].decimals)
        price, paid_down = amount("amount", self.amount), self.paid_down
        each = amount("each", self.each) if neutral(self.each) else None
        plan = MakePlan(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            currency=currency,
            price_minor=price or 0,
            paid_down_minor=0 if _is_nothing(paid_down) else amount("paid_down", paid_down) or 0,
            every=form.read("every", lambda: _read_every(self.every or Every.MONTH), Every.MONTH),
            instalments=(),
            note=form.read("note", lambda: read_words(self.note, LONGEST_NOTE), ""),
        )
        day = self.first_on or self.day_choice
        first_on = form.read("first_on", lambda: read_coming(day, today), today)
        if price is not None:
            form.read("paid_down", lambda: _refuse_all_paid(plan), None)
        form.settle()
        return replace(plan, instalments=self._instalments(plan, each, first_on, says))

    def _instalments(
        self, plan: MakePlan, each: int | None, first_on: date, says: Says
    ) -> tuple[Instalment, ...]:
        currency = CURRENCIES[plan.currency]
        amounts = self._amounts(plan.price_minor - plan.paid_down_minor, each, currency)
        days = due_days(first_on, plan.every, len(amounts))
        if days[-1] >= LATEST:
            raise Refusal(first_on="date_not_a_date")
        return tuple(
            Instalment(number, day, amount, _words(says(number, len(amounts)), plan.note))
            for number, (day, amount) in enumerate(zip(days, amounts, strict=True), 1)
        )

    def _amounts(self, rest_minor: int, each: int | None, currency: Currency) -> tuple[int, ...]:
        count = to_latin(neutral(self.count))
        if bool(count) == (each is not None):
            raise Refusal(count="count_or_each")
        if each is not None:
            return split_by(rest_minor, each)
        return split_evenly(rest_minor, _read_count(count), currency)


def _read_amount(form: Readings, shop: Shop, decimals: int, field: str, text: str) -> int | None:
    return form.read(field, lambda: parse_amount(text, decimals, shop.notation), None)


def _is_nothing(text: str) -> bool:
    """Whether a field is empty or zero."""
    return not to_latin(neutral(text)).strip("0.,٫")


def _words(label: str, note: str) -> str:
    return f"{label} · {note}" if note else label


def _read_every(text: str) -> Every:
    return Every(read_choice(text, tuple(Every), "choice_unknown"))


def _read_count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refusal(count=Reason("count_not_right", {"fewest": FEWEST, "most": MOST}))
    return int(text)


def _refuse_all_paid(plan: MakePlan) -> None:
    if plan.paid_down_minor >= plan.price_minor:
        raise Refusal(paid_down="paid_down_too_much")
