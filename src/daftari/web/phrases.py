"""Phrases that a script fills in: JSON for an attribute in single quotes.

`{name}` in a phrase stands for a value; of a plural, `{num}` for the count.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from daftari.kernel.money import CURRENCIES
from daftari.web.i18n import catalogue

# Of each category of plurals (CLDR) a number that falls into it, in Arabic.
_COUNTS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def phrases(language: str) -> dict[str, Callable[..., Any]]:
    """What templates call to hand words to a script."""
    words = catalogue(language)

    @cache
    def plurals(one: str, many: str) -> dict[str, str]:
        """A sentence in the forms of its language, by the names `Intl.PluralRules` gives them."""
        return {
            name: words.ngettext(one, many, count) % {"num": "{num}"}
            for name, count in _COUNTS.items()
        }

    @cache
    def sentences(*names: str) -> Markup:
        """The sentences of reasons that the phone can give by itself, by their names."""
        said = {name: words.pgettext("reason", name) for name in names}
        return htmlsafe_json_dumps(said, ensure_ascii=False)

    @cache
    def units() -> dict[str, list[Any]]:
        """Of each currency how it is written after an amount, its name, and its decimals."""
        spoken = ("symbol_ar", "name_ar") if language == "ar" else ("symbol_en", "name_en")
        named = attrgetter(*spoken, "decimals")
        return {code: list(named(currency)) for code, currency in CURRENCIES.items()}

    return {"plurals": plurals, "sentences": sentences, "units": units}
