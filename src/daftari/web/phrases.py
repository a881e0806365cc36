"""Translated texts for scripts, as JSON for an attribute in single quotes.

A script replaces `{name}` in a text by a value, and `{num}` in a plural by the count.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from daftari.kernel.money import CURRENCIES
from daftari.web.i18n import catalogue

# One number of each plural category (CLDR) of Arabic.
_COUNTS = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}


def phrases(language: str) -> dict[str, Callable[..., Any]]:
    """The template functions that pass translated texts to a script."""
    words = catalogue(language)

    @cache
    def plurals(one: str, many: str) -> dict[str, str]:
        """The plural forms of a sentence, by their category of `Intl.PluralRules`."""
        return {
            name: words.ngettext(one, many, count) % {"num": "{num}"}
            for name, count in _COUNTS.items()
        }

    @cache
    def sentences(*names: str) -> Markup:
        """The sentences of the reasons with these names, for checks in the browser."""
        texts = {name: words.pgettext("reason", name) for name in names}
        return htmlsafe_json_dumps(texts, ensure_ascii=False)

    @cache
    def units() -> dict[str, list[Any]]:
        """Symbol, name and decimals of each currency."""
        names = ("symbol_ar", "name_ar") if language == "ar" else ("symbol_en", "name_en")
        fields = attrgetter(*names, "decimals")
        return {code: list(fields(currency)) for code, currency in CURRENCIES.items()}

    return {"plurals": plurals, "sentences": sentences, "units": units}
