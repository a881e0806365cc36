"""The form of a promise."""

from dataclasses import dataclass
from datetime import date

from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.forms import Readings, TextForm, read_id
from daftari.kernel.money import CURRENCIES
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.commands import MakePromise
from daftari.ledger.rules.fields import PROMISE
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
        form = Readings(PROMISE)
        return promise_key(self._read(form, shop, customer_id)).without(form.refused)

    def command(self, shop: Shop, customer_id: str, today: date) -> MakePromise:
        """The command of the form. Raises one `Refusal` with a reason for each wrong field."""
        form = Readings(PROMISE)
        command = self._read(form, shop, customer_id)
        form.read("promised_on", lambda: refuse_past(command.promised_on, today), None)
        form.settle()
        return command

    def _read(self, form: Readings, shop: Shop, customer_id: str) -> MakePromise:
        """The promise before it is held against today."""
        currency = form.field("currency", self.currency or shop.currency, shop.currency)
        money = CURRENCIES[currency].decimals, shop.notation
        return MakePromise(
            id=form.read("form", lambda: read_id(self.id), ""),
            customer_id=customer_id,
            currency=currency,
            promised_on=form.field("promised_on", self.promised_on or self.day_choice, date.min),
            amount_minor=form.field("amount", self.amount, None, *money),
            note=form.field("note", self.note, ""),
        )


def refuse_past(day: date, today: date) -> None:
    """Raises Refusal(day='date_in_past') for a day before today."""
    if day < today:
        raise Refusal(day="date_in_past")
