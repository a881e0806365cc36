"""The words of a paper: one language, with the shop's digits, notation and calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.calendar import day_in_digits, hijri_text
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.kernel.rates import format_rate
from daftari.ledger.rules.exchange import Exchange
from daftari.web.i18n import catalogue
from daftari.web.i18n import marked as _

KINDS: Final = {
    "debt": _("Debt"),
    "payment": _("Payment"),
    "opening": _("Earlier balance"),
    "discount": _("Discount"),
    "write_off": _("Written off"),
    "recovery": _("Recovered"),
    "reversal": _("Reversal"),
}
SUPPLIER_KINDS: Final = KINDS | {"debt": _("Goods on account"), "payment": _("Paid to them")}
METHODS: Final = {
    "cash": _("in cash"),
    "transfer": _("by transfer"),
    "wallet": _("by mobile wallet"),
    "cheque": _("by cheque"),
    "goods": _("in goods"),
    "other": _("in another way"),
}
ISOLATES: Final = {0x2068: "", 0x2069: ""}
"""The marks around a name inside a sentence, for `str.translate` where a file has none."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language for the papers of a shop. All of it is plain text."""

    language: str
    shop: Shop

    def say(self, message: str, **values: object) -> str:
        translated = catalogue(self.language).gettext(message)
        return translated % values if values else translated

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        sentence = catalogue(self.language).ngettext(one, many, number)
        return sentence % {"num": self.number(number), **values}

    def number(self, number: int) -> str:
        return shown(str(number), self.shop.digits)

    def amount(self, minor: int | None, code: str) -> str:
        """The amount without its currency; '' where there is none."""
        if minor is None:
            return ""
        return format_amount(minor, CURRENCIES[code].decimals, self.shop.digits, self.shop.notation)

    def unit(self, code: str) -> str:
        currency = CURRENCIES[code]
        return currency.symbol_ar if self.language == "ar" else currency.symbol_en

    def currency(self, code: str) -> str:
        currency = CURRENCIES[code]
        return currency.name_ar if self.language == "ar" else currency.name_en

    def day(self, day: date) -> str:
        return day_in_digits(day, self.shop.digits)

    def hijri(self, day: date) -> str:
        """The Hijri day where the shop uses both calendars."""
        if self.shop.calendar != "hijri":
            return ""
        return hijri_text(day, self.language, self.shop.digits, self.shop.hijri_shift)

    def name(self, text: str) -> str:
        """A name inside a sentence, whose direction moves nothing beside it."""
        return f"\u2068{neutral(text)}\u2069"

    def kind(self, kind: str, *, is_supplier: bool) -> str:
        return self.say((SUPPLIER_KINDS if is_supplier else KINDS)[kind])

    def handed_over(self, it: Exchange) -> str:
        """«100.00 $ handed over at 3.75»."""
        amount = f"{self.amount(it.paid_minor, it.paid_currency)} {self.unit(it.paid_currency)}"
        rate = format_rate(it.rate_e8, self.shop.digits, self.shop.notation)
        return self.say(_("%(amount)s handed over at %(rate)s"), amount=amount, rate=rate)

    def listed(self, parts: Iterable[str]) -> str:
        return self.say(_(", ")).join(parts)

    def side(self, balance_minor: int) -> str:
        """The word of a balance, to the customer."""
        if balance_minor == 0:
            return self.say(_("settled"))
        return self.say(_("you owe") if balance_minor > 0 else _("in your favour"))
