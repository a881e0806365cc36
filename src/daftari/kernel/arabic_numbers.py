"""Arabic numbers in words with the noun they count, by the grammar taught in schools.

After three to ten the noun is plural and the number takes the other gender; after eleven to
ninety-nine the noun is an accusative singular; after hundreds and thousands it is a genitive one,
before which مئتان and ألفان lose their noon. One and two follow the hundreds as nouns of their own:
«مئة ريال سعودي وريالان».
"""

from daftari.kernel.units import ArabicForms

_MASCULINE = (
    "صفر",
    "واحد",
    "اثنان",
    "ثلاثة",
    "أربعة",
    "خمسة",
    "ستة",
    "سبعة",
    "ثمانية",
    "تسعة",
    "عشرة",
)
_FEMININE = ("صفر", "إحدى", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر")
_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_HUNDREDS = (
    "",
    "مئة",
    "مئتان",
    "ثلاثمئة",
    "أربعمئة",
    "خمسمئة",
    "ستمئة",
    "سبعمئة",
    "ثمانمئة",
    "تسعمئة",
)


def _scale(one: str, few: str, joined: bool) -> ArabicForms:
    """The forms of a scale word (a thousand or more); `joined`: directly before a noun."""
    two = one + ("ا" if joined else "ان")
    many = one if joined else one + "ًا"
    return ArabicForms(
        feminine=False,
        hundred=one,
        one=one,
        two=two,
        few=few,
        many=many,
        and_one=one,
        and_two=two,
    )


_SCALES = tuple(
    (size, _scale(one, few, joined=False), _scale(one, few, joined=True))
    for size, one, few in (
        (10**12, "تريليون", "تريليونات"),
        (10**9, "مليار", "مليارات"),
        (10**6, "مليون", "ملايين"),
        (10**3, "ألف", "آلاف"),
    )
)


def counted_in_arabic(number: int, noun: ArabicForms) -> str:
    """A number (zero or more) in words with the noun it counts: «خمس ليرات سورية»."""
    rest = number % 100
    if number == 0:
        return f"{_MASCULINE[0]} {noun['hundred']}"
    if number <= 2:
        return noun["one"] if number == 1 else noun["two"]
    if rest == 0:
        return f"{_hundreds(number, joined=True)} {noun['hundred']}"
    if rest <= 2:
        last = noun["and_one"] if rest == 1 else noun["and_two"]
        return f"{counted_in_arabic(number - rest, noun)} و{last}"
    parts = [_hundreds(number - rest, joined=False)] if number > rest else []
    parts.append(_below_hundred(rest, noun["feminine"]))
    return f"{' و'.join(parts)} {noun['few'] if rest <= 10 else noun['many']}"


def _hundreds(number: int, joined: bool) -> str:
    """A multiple of 100 in words; `joined`: directly before a noun (مئتا، ألفا، أحد عشر ألف)."""
    parts = []
    for size, free, bound in _SCALES:
        count, number = divmod(number, size)
        if count:
            parts.append(counted_in_arabic(count, bound if joined and not number else free))
    if number:
        parts.append("مئتا" if joined and number == 200 else _HUNDREDS[number // 100])
    return " و".join(parts)


def _below_hundred(number: int, feminine: bool) -> str:
    """A number from 3 to 99 in words, for a noun of this gender."""
    ones = _FEMININE if feminine else _MASCULINE
    if number <= 10:
        return ones[number]
    tens, one = divmod(number, 10)
    if tens == 1:
        return _teen(one, feminine)
    if one == 0:
        return _TENS[tens]
    first = "ثمانٍ" if feminine and one == 8 else ones[one]
    return f"{first} و{_TENS[tens]}"


def _teen(one: int, feminine: bool) -> str:
    if feminine:
        return {2: "اثنتا"}.get(one, _FEMININE[one]) + " عشرة"
    return {1: "أحد", 2: "اثنا"}.get(one, _MASCULINE[one]) + " عشر"
