"""Words, amounts and days of an export, in the language of who asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, Notation, format_amount
from daftari.web.i18n import catalogue
from daftari.web.i18n import marked as _

KINDS: Final[Mapping[str, str]] = {
    "debt": _("Debt"),
    "payment": _("Payment"),
    "opening": _("Earlier balance"),
    "discount": _("Discount"),
    "write_off": _("Written off"),
    "recovery": _("Recovered"),
    "reversal": _("Reversal"),
}
ROLES: Final[Mapping[str, str]] = {"customer": _("Customer"), "supplier": _("Supplier")}


@dataclass(frozen=True, slots=True)
class ExportWords:
    """The words of one language, with the shop's digits and notation. `names`: of its people."""

    language: str
    digits: str
    notation: Notation
    names: Mapping[str, str]

    def gettext(self, message: str) -> str:
        return catalogue(self.language).gettext(message)

    def kind(self, kind: str) -> str:
        return _said(self.language, KINDS[kind])

    def role(self, role: str) -> str:
        return _said(self.language, ROLES[role])

    def amount(self, minor: int, currency: str) -> str:
        """The amount in the shop's notation, with the currency's symbol."""
        known = CURRENCIES[currency]
        symbol = known.symbol_ar if self.language == "ar" else known.symbol_en
        return f"{format_amount(minor, known.decimals, self.digits, self.notation)} {symbol}"

    def day(self, day: str | None) -> str:
        """A day of the file, 2026-11-23, as 23/11/2026."""
        return _day(day, self.digits) if day else ""

    def standing(self, balance_minor: int, currency: str) -> str:
        """Who owes whom how much: «عليه 12.50 ر.س»."""
        if balance_minor == 0:
            return self.gettext("Settled")
        word = "owes" if balance_minor > 0 else "is owed"
        side = catalogue(self.language).pgettext("balance", word)
        return f"{side} {self.amount(abs(balance_minor), currency)}"


def plain_amount(minor: int, currency: str) -> str:
    """The amount for a spreadsheet: a point, no thousands, `-12.50`."""
    decimals = CURRENCIES[currency].decimals
    if not decimals:
        return str(minor)
    whole, part = divmod(abs(minor), 10**decimals)
    return f"{'-' if minor < 0 else ''}{whole}.{part:0{decimals}}"


@lru_cache(64)
def _said(language: str, message: str) -> str:
    return catalogue(language).gettext(message)


@lru_cache(4096)  # a book has many entries of a day
def _day(day: str, digits: str) -> str:
    year, month, number = day.split("-")
    return shown(f"{int(number)}/{int(month)}/{int(year)}", digits)
