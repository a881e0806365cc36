"""Money: amounts as integers of minor units, with parsing and formatting.

Twin of `src/daftari/static/js/amount.js`: `parse_amount` and `format_amount` stand there too, and
both answer to the one table in `tests/cases/amounts.json`.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import NoReturn

from daftari.kernel.digits import TO_ARABIC, to_latin
from daftari.kernel.refusal import Reason, Refusal

FOREIGN = ("USD", "SAR", "EUR")
"""Foreign currencies that shops of many countries accept."""
LARGEST_AMOUNT = 10**15 - 1
"""The limit in minor units: thousands of such amounts add up within 64 bits, and one is exact in
JavaScript."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency with its decimals (CLDR), symbols and names."""

    code: str
    decimals: int
    symbol_ar: str
    symbol_en: str
    name_ar: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Notation:
    """A number notation: its name, group separator and decimal separator.

    `blanks`: blanks between thousands are read too, as in «1 234,56».
    """

    name: str
    group: str
    decimal: str
    blanks: bool = False


POINT = Notation("point", group=",", decimal=".")
COMMA = Notation("comma", group=".", decimal=",")
NOTATIONS = {notation.name: notation for notation in (POINT, COMMA)}

_ALL = (
    Currency("SAR", 2, "ر.س", "SAR", "ريال سعودي", "Saudi riyal"),
    Currency("AED", 2, "د.إ", "AED", "درهم إماراتي", "Emirati dirham"),
    Currency("KWD", 3, "د.ك", "KWD", "دينار كويتي", "Kuwaiti dinar"),
    Currency("BHD", 3, "د.ب", "BHD", "دينار بحريني", "Bahraini dinar"),
    Currency("OMR", 3, "ر.ع", "OMR", "ريال عُماني", "Omani rial"),
    Currency("QAR", 2, "ر.ق", "QAR", "ريال قطري", "Qatari riyal"),
    Currency("YER", 0, "ر.ي", "YER", "ريال يمني", "Yemeni rial"),
    Currency("IQD", 0, "د.ع", "IQD", "دينار عراقي", "Iraqi dinar"),
    Currency("SYP", 0, "ل.س", "SYP", "ليرة سورية", "Syrian pound"),
    Currency("LBP", 0, "ل.ل", "LBP", "ليرة لبنانية", "Lebanese pound"),
    Currency("JOD", 3, "د.أ", "JOD", "دينار أردني", "Jordanian dinar"),
    Currency("ILS", 2, "₪", "₪", "شيكل", "shekel"),
    Currency("EGP", 2, "ج.م", "EGP", "جنيه مصري", "Egyptian pound"),
    Currency("SDG", 2, "ج.س", "SDG", "جنيه سوداني", "Sudanese pound"),
    Currency("LYD", 3, "د.ل", "LYD", "دينار ليبي", "Libyan dinar"),
    Currency("TND", 3, "د.ت", "TND", "دينار تونسي", "Tunisian dinar"),
    Currency("DZD", 2, "د.ج", "DZD", "دينار جزائري", "Algerian dinar"),
    Currency("MAD", 2, "د.م", "MAD", "درهم مغربي", "Moroccan dirham"),
    Currency("MRU", 2, "أ.م", "MRU", "أوقية موريتانية", "Mauritanian ouguiya"),
    Currency("SOS", 0, "ش.ص", "SOS", "شلن صومالي", "Somali shilling"),
    Currency("DJF", 0, "ف.ج", "DJF", "فرنك جيبوتي", "Djiboutian franc"),
    Currency("KMF", 0, "ف.ق", "KMF", "فرنك قمري", "Comorian franc"),
    Currency("USD", 2, "$", "$", "دولار أمريكي", "US dollar"),
    Currency("EUR", 2, "€", "€", "يورو", "euro"),
)

CURRENCIES: dict[str, Currency] = {currency.code: currency for currency in _ALL}


_AROUND = "\t\n\v\f\r \u00a0\u202f\u3000\ufeff" + "".join(
    map(chr, (*range(0x2000, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x206A), 0x61C))
)
_BLANKS = " \u00a0\u202f"  # between thousands
_MINUS = "-\u2010-\u2015\u2212\ufe63\uff0d"

_made_of_amount = re.compile(f"[{_MINUS}]?[0-9٠-٩۰-۹.,٬٫،]+[{_MINUS}]?").fullmatch
_without_blanks = re.compile(f"(?<=[0-9٠-٩۰-۹])[{_BLANKS}](?=[0-9٠-٩۰-۹])").sub
_scripts = tuple(re.compile(digits).search for digits in ("[0-9]", "[٠-٩]", "[۰-۹]"))


@cache
def _shape(notation: Notation) -> re.Pattern[str]:
    decimal = re.escape(notation.decimal)
    groups = [re.escape(notation.group), "٬", *([f"[{_BLANKS}]"] if notation.blanks else [])]
    grouped = "".join(f"[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|" for group in groups)
    return re.compile(
        rf"(?=.*[0-9])(?P<whole>{grouped}[0-9]*)(?:(?P<mark>{decimal}|٫)(?P<part>[0-9]*))?"
    )


_other = {POINT.decimal: COMMA, COMMA.decimal: POINT}
_one_group_of_three = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}").fullmatch


def parse_amount(text: str, decimals: int, notation: Notation) -> int:
    """Parse a typed amount into minor units: `١٢٫٥٠` with 2 decimals is 1250.

    Digits are Latin, Arabic-Indic or Persian, of one kind in one amount. ٬ and ٫ are always
    accepted, `,` and `.` as in the shop's notation; thousands are grouped in threes or not at all;
    blanks and direction marks around the amount are ignored, and blanks between thousands are read
    where the notation has `blanks`. `.5` and `5.` are amounts.

    Nothing is guessed. A number that is valid only in the other notation (`1,5` or `1.234,56` in a
    1,234.56 shop) is `amount_ambiguous_separator`; so is one separator followed by three digits
    where both readings are likely: `1.234` in a 1,234.56 shop whose currency does not have three
    decimals, and `1,234` there if it has three (thousands, or a dinar and 234 fils?).
    The Arabic comma `،` is always ambiguous.

    Raises Refusal(amount=…): amount_missing, amount_not_a_number, amount_mixed_digits,
    amount_negative, amount_ambiguous_separator (`group`, `decimal`), amount_too_many_decimals
    (`decimals`), amount_too_large, amount_zero.
    """
    typed = _characters(text)
    if _reads_both_ways(typed, decimals, notation):
        _refuse_separators(typed, notation)
    whole, part = _digits(typed, notation)
    if len(part) > decimals:
        raise Refusal(amount=Reason("amount_too_many_decimals", {"decimals": decimals}))
    return _within_limits(whole + part.ljust(decimals, "0"))


def read_decimal(text: str, notation: Notation) -> tuple[str, str]:
    """The digits before and after the decimal separator of a number that is no amount.

    Raises Refusal(amount=…) as `parse_amount` for what is no number in the notation.
    """
    return _digits(_characters(text), notation)


def _digits(typed: str, notation: Notation) -> tuple[str, str]:
    matched = _shape(notation).fullmatch(typed)
    if matched is None:
        _refuse_separators(typed, notation)
    return re.sub("[^0-9]", "", matched["whole"]), matched["part"] or ""


def _characters(text: str) -> str:
    """The trimmed text in Latin digits. Raises Refusal for a character that no amount has."""
    typed = text.strip(_AROUND)
    if not typed:
        raise Refusal(amount="amount_missing")
    if not _made_of_amount(_without_blanks("", typed)):
        raise Refusal(amount="amount_not_a_number")
    kinds = sum(1 for found in _scripts if found(typed))
    if kinds > 1:
        raise Refusal(amount="amount_mixed_digits")
    if kinds == 0:
        raise Refusal(amount="amount_not_a_number")
    unsigned = re.sub(f"[{_MINUS}]", "", typed)
    if unsigned != typed:
        raise Refusal(amount="amount_negative")
    return to_latin(typed)


def _reads_both_ways(typed: str, decimals: int, notation: Notation) -> bool:
    if not _one_group_of_three(typed):
        return False
    likely = notation.decimal if decimals == 3 else notation.group
    return likely not in typed


def _refuse_separators(typed: str, notation: Notation) -> NoReturn:
    as_comma = typed.replace("،", notation.group), typed.replace("،", notation.decimal)
    notations = notation, replace(_other[notation.decimal], blanks=notation.blanks)
    readings = [_shape(one).fullmatch(text) for one in notations for text in as_comma]
    if not any(readings):
        raise Refusal(amount="amount_not_a_number")
    separators = {"group": notation.group, "decimal": notation.decimal}
    raise Refusal(amount=Reason("amount_ambiguous_separator", separators))


def _within_limits(digits: str) -> int:
    significant = digits.lstrip("0")
    if not significant:
        raise Refusal(amount="amount_zero")
    if len(significant) > len(str(LARGEST_AMOUNT)):
        raise Refusal(amount="amount_too_large")
    return int(significant)


def format_amount(
    minor: int, decimals: int, digits: str = "latn", notation: Notation = POINT
) -> str:
    """Format minor units as text: grouped, with the currency's decimals, sign in front.

    `arab` digits use the separators ٬ and ٫; `latn` digits use those of the notation.
    """
    whole, part = divmod(abs(minor), 10**decimals)
    text = f"{whole:,}.{part:0{decimals}d}" if decimals else f"{whole:,}"
    if digits == "arab":
        text = text.translate(TO_ARABIC)
    elif notation is not POINT:
        text = text.translate({ord(","): notation.group, ord("."): notation.decimal})
    return "-" + text if minor < 0 else text
