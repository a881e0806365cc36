"""Noun forms of each currency and its minor unit, for counting in Arabic and English.

Arabic counts with several forms of a noun and two genders. A page passes the forms of its currency
to `static/js/words.js` as JSON (`words.unit_forms`).
"""

from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from daftari.kernel.money import CURRENCIES


class ArabicForms(TypedDict):
    """The forms of one unit: «ريال سعودي» after a hundred, alone, two, few (3–10), many (11–99).

    `and_one` and `and_two` follow hundreds: «مئة ريال سعودي وريالان».
    """

    feminine: bool
    hundred: str
    one: str
    two: str
    few: str
    many: str
    and_one: str
    and_two: str


class EnglishForms(TypedDict):
    """The singular and plural of one unit: Saudi riyal, Saudi riyals."""

    one: str
    many: str


@dataclass(frozen=True, slots=True)
class _Noun:
    one: str
    two: str
    few: str
    many: str
    feminine: bool = False


def _masculine(one: str, few: str) -> _Noun:
    return _Noun(one, one + "ان", few, one + "ًا")


def _feminine(one: str) -> _Noun:
    stem = one.removesuffix("ة")
    return _Noun(one, stem + "تان", stem + "ات", one, feminine=True)


_NOUNS = {
    noun.one: noun
    for noun in (
        _masculine("ريال", "ريالات"),
        _masculine("دينار", "دنانير"),
        _masculine("درهم", "دراهم"),
        _masculine("جنيه", "جنيهات"),
        _masculine("شيكل", "شواكل"),
        _masculine("شلن", "شلنات"),
        _masculine("فرنك", "فرنكات"),
        _masculine("دولار", "دولارات"),
        _Noun("يورو", "يوروان", "يورو", "يورو"),
        _feminine("ليرة"),
        _feminine("أوقية"),
        _feminine("هللة"),
        _feminine("بيسة"),
        _feminine("أغورة"),
        _masculine("فلس", "فلوس"),
        _masculine("قرش", "قروش"),
        _masculine("مليم", "مليمات"),
        _masculine("سنتيم", "سنتيمات"),
        _masculine("سنت", "سنتات"),
    )
}

_PARTS = {
    **dict.fromkeys(("KWD", "BHD", "JOD", "AED"), ("فلس", "fils", "fils")),
    **dict.fromkeys(("EGP", "SDG"), ("قرش", "piastre", "piastres")),
    **dict.fromkeys(("DZD", "MAD"), ("سنتيم", "centime", "centimes")),
    **dict.fromkeys(("USD", "EUR"), ("سنت", "cent", "cents")),
    **dict.fromkeys(("QAR", "LYD"), ("درهم", "dirham", "dirhams")),
    "SAR": ("هللة", "halala", "halalas"),
    "OMR": ("بيسة", "baisa", "baisas"),
    "ILS": ("أغورة", "agora", "agorot"),
    "TND": ("مليم", "millime", "millimes"),
    "MRU": ("", "hundredth", "hundredths"),
}

# An ouguiya has five khums, but is written with two decimals: they are read as hundredths.
_HUNDREDTHS = ArabicForms(
    feminine=False,
    hundred="جزء من مئة",
    one="جزء واحد من مئة",
    two="جزآن من مئة",
    few="أجزاء من مئة",
    many="جزءًا من مئة",
    and_one="جزء واحد من مئة",
    and_two="جزآن من مئة",
)


@cache
def arabic_unit(currency: str) -> ArabicForms:
    """The forms of the currency's unit, with an agreeing adjective: «ريالات سعودية»."""
    noun, _, adjective = CURRENCIES[currency].name_ar.partition(" ")
    return _arabic(_NOUNS[noun], adjective)


@cache
def arabic_part(currency: str) -> ArabicForms | None:
    """The forms of the currency's minor unit; None for a currency without decimals."""
    if currency not in _PARTS:
        return None
    noun = _PARTS[currency][0]
    return _arabic(_NOUNS[noun], "") if noun else _HUNDREDTHS


def _arabic(noun: _Noun, adjective: str) -> ArabicForms:
    stem = adjective.removesuffix("ة")
    feminine = adjective and stem + "ة"
    if noun.feminine:
        singular, dual, accusative = feminine, adjective and stem + "تان", feminine
    else:
        singular, dual, accusative = adjective, adjective and stem + "ان", adjective and stem + "ًا"
    single = "واحدة" if noun.feminine else "واحد"
    return ArabicForms(
        feminine=noun.feminine,
        hundred=f"{noun.one} {singular}".rstrip(),
        one=" ".join(filter(None, (noun.one, singular, single))),
        two=f"{noun.two} {dual}".rstrip(),
        few=f"{noun.few} {feminine}".rstrip(),
        many=f"{noun.many} {accusative}".rstrip(),
        and_one=f"{noun.one} {single}",
        and_two=noun.two,
    )


def english_unit(currency: str) -> EnglishForms:
    """The forms of the currency's unit: Saudi riyal, Saudi riyals."""
    name = CURRENCIES[currency].name_en
    return EnglishForms(one=name, many=name + "s")


def english_part(currency: str) -> EnglishForms | None:
    """The forms of the minor unit: halala, halalas; None for a currency without decimals."""
    if currency not in _PARTS:
        return None
    _, one, many = _PARTS[currency]
    return EnglishForms(one=one, many=many)
