"""The form of a promise."""

from dataclasses import dataclass
from datetime import date

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings, TextForm, read_day, read_id, read_words
from daftari.kernel.money import CURRENCIES, parse_amount
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms.entry import LONGEST_NOTE, read_currency
from daftari.ledger.rules.commands import MakePromise


@dataclass(frozen=True, slots=True)
class PromiseForm(TextForm):
    """The promise form as typed. `day_choice`: a named day, used when no day was typed."""

    id: str = ""
    promised_on: str = ""
    day_choice: str = ""
    amount: str = ""
    currency: str = ""
    note: str = ""

    def command(self, shop: Shop, customer_id: str, today: date) -> MakePromise:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings()
        code = self.currency or shop.currency
        currency = form.read("currency", lambda: read_currency(code), shop.currency)
        day = self.promised_on or self.day_choice
        command = MakePromise(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            currency=currency,
            promised_on=form.read("promised_on", lambda: read_coming(day, today), today),
            amount_minor=form.read("amount", lambda: self._amount(currency, shop), None),
            note=form.read("note", lambda: read_words(self.note, LONGEST_NOTE), ""),
        )
        form.settle()
        return command

    def _amount(self, currency: str, shop: Shop) -> int | None:
        if not neutral(self.amount):
            return None
        return parse_amount(self.amount, CURRENCIES[currency].decimals, shop.notation)


def read_coming(text: str, today: date) -> date:
    """A day that is not before today. Raises Refusal(day=…): date_missing, date_not_a_date,
    date_in_past.
    """
    day = read_day(text)
    if day is None:
        raise Refusal(day="date_missing")
    if day < today:
        raise Refusal(day="date_in_past")
    return day
