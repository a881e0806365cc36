"""Amounts in words, in Arabic and English, shown before an entry is saved.

Twin of `src/daftari/static/js/words.js`; both answer to `tests/cases/words.json`.
"""

from daftari.kernel.arabic_numbers import counted_in_arabic
from daftari.kernel.english_numbers import counted_in_english
from daftari.kernel.money import CURRENCIES
from daftari.kernel.units import arabic_part, arabic_unit, english_part, english_unit


def unit_forms(currency: str, language: str) -> dict[str, object]:
    """The input of words.js for a currency: `language`, `decimals`, `unit`, `part` or None."""
    arabic = language == "ar"
    return {
        "language": language,
        "decimals": CURRENCIES[currency].decimals,
        "unit": arabic_unit(currency) if arabic else english_unit(currency),
        "part": arabic_part(currency) if arabic else english_part(currency),
    }


def amount_in_words(minor: int, currency: str, language: str) -> str:
    """The amount in words, «مئتان وخمسة ريالات سعودية وخمسون هللة»; in English unless `ar`."""
    whole, part = divmod(abs(minor), 10 ** CURRENCIES[currency].decimals)
    if language == "ar":
        words = _in_arabic(whole, part, currency)
        return "سالب " + words if minor < 0 else words
    words = _in_english(whole, part, currency)
    return "minus " + words if minor < 0 else words


def _in_arabic(whole: int, part: int, currency: str) -> str:
    unit, small = arabic_unit(currency), arabic_part(currency)
    counted = [counted_in_arabic(whole, unit)] if whole or not part else []
    if small and part:
        counted.append(counted_in_arabic(part, small))
    return " و".join(counted)


def _in_english(whole: int, part: int, currency: str) -> str:
    unit, small = english_unit(currency), english_part(currency)
    counted = [counted_in_english(whole, unit)] if whole or not part else []
    if small and part:
        counted.append(counted_in_english(part, small))
    return " and ".join(counted)
