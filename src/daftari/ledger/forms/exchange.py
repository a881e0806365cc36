"""The part of the entry form for money handed over in another currency than the debt's."""

from dataclasses import dataclass
from typing import Any

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.kernel.rates import format_rate
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.exchange import EXCHANGED_KINDS, Exchange, agree, usual_unit
from daftari.ledger.rules.fields import EXCHANGE
from daftari.ledger.rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class ExchangeForm:
    """Amount and rate as typed; two of `amount`, `paid_amount` and `rate` give the third.

    `rate_of`: the currency whose one unit the rate is told for, '' for the foreign one.
    """

    amount: str
    paid_amount: str
    paid_currency: str
    rate: str
    rate_of: str

    def read(
        self, form: Readings, shop: Shop, kind: Kind, currency: str
    ) -> tuple[int, Exchange | None]:
        """The amount in the debt's currency, and what was handed over where it was another one."""
        if not self.paid_currency:
            if neutral(self.paid_amount) or neutral(self.rate):
                form.refuse(Refusal(paid_currency="paid_currency_missing"))
            return form.field("amount", self.amount, 1, *_money(shop, currency)), None
        paid_currency = _read(form, "paid_currency", self.paid_currency, currency)
        if "paid_currency" in form.refused:
            return 1, None
        if kind not in EXCHANGED_KINDS:
            form.refuse(Refusal(paid_currency="exchange_of_no_payment"))
        if paid_currency == currency:
            form.refuse(Refusal(paid_currency="paid_currency_same"))
        return self._agreed(form, shop, currency, paid_currency)

    def _agreed(
        self, form: Readings, shop: Shop, currency: str, paid_currency: str
    ) -> tuple[int, Exchange | None]:
        amount = (
            form.field("amount", self.amount, None, *_money(shop, currency))
            if neutral(self.amount)
            else None
        )
        paid = _if_typed(form, "paid_amount", self.paid_amount, *_money(shop, paid_currency))
        rate = _if_typed(form, "rate", self.rate, shop.notation)
        if {"amount", "paid_amount", "paid_currency", "rate"} & set(form.refused):
            return 1, None
        rate_of = self.rate_of
        if rate_of not in (currency, paid_currency):
            rate_of = usual_unit(currency, paid_currency, shop.currency)
        try:
            return agree(amount, currency, paid, rate, (paid_currency, rate_of))
        except Refusal as refused:
            form.refuse(refused)
            return 1, None


def amount_text(minor: int | None, currency: str, shop: Shop) -> str:
    """An amount as it would be typed; '' for none. An unknown currency is refused by its own
    field.
    """
    if minor is None:
        return ""
    decimals = CURRENCIES.get(currency, shop.money).decimals
    return format_amount(minor, decimals, notation=shop.notation)


def rate_text(rate_e8: int | None, shop: Shop) -> str:
    """A rate as it would be typed; '' for none."""
    return "" if rate_e8 is None else format_rate(rate_e8, "latn", shop.notation)


def _if_typed(form: Readings, name: str, text: str, *context: object) -> Any:
    """The value of a field, None where nothing was typed."""
    return _read(form, name, text, None, *context) if neutral(text) else None


def _read(form: Readings, name: str, text: str, instead: Any, *context: object) -> Any:
    return form.read(name, lambda: EXCHANGE[name].read(text, *context), instead)


def _money(shop: Shop, currency: str) -> tuple[object, ...]:
    return CURRENCIES[currency].decimals, shop.notation
