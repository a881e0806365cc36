"""Formatting of names, amounts and days inside a sentence, for a page or for a file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from daftari.identity.rules import Shop
from daftari.kernel.calendar import day_in_digits
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.web.i18n import catalogue


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, with the shop's digits and notation.

    `is_html`: names and amounts are elements with a direction of their own; else plain text.
    """

    language: str
    shop: Shop
    is_html: bool = True

    @property
    def gettext(self) -> Callable[[str], str]:
        return catalogue(self.language).gettext

    def sentence(self, message: str, values: Mapping[str, Any]) -> str:
        """A translated message with its values; those of a page are escaped."""
        translated = self.gettext(message)
        return Markup(translated) % values if self.is_html else translated % values

    def name(self, text: object) -> str:
        return Markup("<bdi>{}</bdi>").format(text) if self.is_html else str(text)

    def amount(self, minor: int, code: str) -> str:
        shop, currency = self.shop, CURRENCIES[code]
        number = format_amount(minor, currency.decimals, shop.digits, shop.notation)
        unit = currency.symbol_ar if self.language == "ar" else currency.symbol_en
        if not self.is_html:
            return f"{number} {unit}"
        shape = '<bdi class="money" dir="ltr">{}</bdi> <span class="unit">{}</span>'
        return Markup(shape).format(number, unit)

    def ltr(self, text: str) -> str:
        """Text that is always left to right: a date, a phone number, an hour."""
        return Markup('<bdi dir="ltr">{}</bdi>').format(text) if self.is_html else text

    def day(self, day: date) -> str:
        return self.ltr(day_in_digits(day, self.shop.digits))

    def number(self, count: int) -> str:
        return shown(str(count), self.shop.digits)

    def joined(self, parts: list[str]) -> str:
        between = self.gettext(", ")
        return Markup(between).join(parts) if self.is_html else between.join(parts)
