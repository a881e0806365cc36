"""The form of a promise."""

from dataclasses import dataclass
from datetime import date

from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings, TextForm, read_day, read_id, read_words
from daftari.kernel.money import CURRENCIES, parse_amount
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms.entry import LONGEST_NOTE, read_currency
from daftari.ledger.rules.commands import MakePromise
from daftari.ledger.rules.keys import promise_key


@dataclass(frozen=True, slots=True)
class PromiseForm(TextForm):
    """The promise form as typed. `day_choice`: a named day, used when no day was typed."""

    id: str = ""
    promised_on: str = ""
    day_choice: str = ""
    amount: str = ""
    currency: str = ""
    note: str = ""

    def key(self, shop: Shop, customer_id: str) -> RequestKey:
        """The idempotency key of the form, whatever it is worth today."""
        form = Readings()
        return promise_key(self._read(form, shop, customer_id)).without(form.refused)

    def command(self, shop: Shop, customer_id: str, today: date) -> MakePromise:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings()
        command = self._read(form, shop, customer_id)
        form.read("promised_on", lambda: refuse_past(command.promised_on, today), None)
        form.settle()
        return command

    def _read(self, form: Readings, shop: Shop, customer_id: str) -> MakePromise:
        """The promise before it is held against today."""
        code = self.currency or shop.currency
        currency = form.read("currency", lambda: read_currency(code), shop.currency)
        day = self.promised_on or self.day_choice
        return MakePromise(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            currency=currency,
            promised_on=form.read("promised_on", lambda: read_agreed_day(day), date.min),
            amount_minor=form.read("amount", lambda: self._amount(currency, shop), None),
            note=form.read("note", lambda: read_words(self.note, LONGEST_NOTE), ""),
        )

    def _amount(self, currency: str, shop: Shop) -> int | None:
        if not neutral(self.amount):
            return None
        return parse_amount(self.amount, CURRENCIES[currency].decimals, shop.notation)


def read_agreed_day(text: str) -> date:
    """A day that has to be named. Raises Refusal(day=…): date_missing, date_not_a_date."""
    day = read_day(text)
    if day is None:
        raise Refusal(day="date_missing")
    return day


def refuse_past(day: date, today: date) -> None:
    """Raises Refusal(day='date_in_past') for a day before today."""
    if day < today:
        raise Refusal(day="date_in_past")
