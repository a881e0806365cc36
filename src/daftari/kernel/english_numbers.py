"""English numbers in words with the noun they count, with an «and» before tens and ones."""

from daftari.kernel.units import EnglishForms

_SMALL = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = (
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (10**3, "thousand"),
)


def counted_in_english(number: int, noun: EnglishForms) -> str:
    """A number (zero or more) in words with the noun it counts: five Syrian pounds."""
    return f"{_number(number)} {noun['one'] if number == 1 else noun['many']}"


def _number(number: int) -> str:
    parts = []
    for size, name in _SCALES:
        count, number = divmod(number, size)
        if count:
            parts.append(f"{_number(count)} {name}")
    if number >= 100:
        parts.append(f"{_SMALL[number // 100]} hundred")
        number %= 100
    if number or not parts:
        small = _below_hundred(number)
        parts.append(f"and {small}" if parts else small)
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, one = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[one]}" if one else _TENS[tens]
