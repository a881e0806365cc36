"""The language and digits of a notification: names, amounts and counts as its reader has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Any, Final

from daftari.identity.rules import Shop
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.web.i18n import catalogue

LONGEST_NAME: Final = 60
Details = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NotificationText:
    """The title and the body of a notification."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Formatter of notification texts in one language, with the shop's digits."""

    language: str
    shop: Shop

    @property
    def words(self) -> NullTranslations:
        return catalogue(self.language)

    def name(self, text: object) -> str:
        """A name, shortened when it is long, within direction isolates (Unicode 6.3)."""
        plain = " ".join(str(text).split())
        cut = plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"
        return f"\u2068{cut}\u2069"

    def amount(self, minor: int, code: str) -> str:
        currency, shop = CURRENCIES[code], self.shop
        number = format_amount(minor, currency.decimals, shop.digits, shop.notation)
        return f"\u2066{number}\u2069 " + (
            currency.name_ar if self.language == "ar" else currency.name_en
        )

    def count(self, one: str, many: str, count: int, **values: str) -> str:
        number = shown(str(count), self.shop.digits)
        return self.words.ngettext(one, many, count) % {"num": number, **values}
