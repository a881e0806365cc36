"""Exchange rates: parsing and formatting them, and converting an amount.

A rate is an integer of 10⁻⁸ units of the main currency for one unit of the other: 3.75 is
375000000.
"""

from daftari.kernel.money import CURRENCIES, LARGEST_AMOUNT, Notation, format_amount, read_decimal
from daftari.kernel.refusal import Reason, Refusal

RATE_DECIMALS = 8
_NOT_A_NUMBER = Reason("rate_not_a_number")
_REASONS = {
    "amount_missing": _NOT_A_NUMBER,
    "amount_not_a_number": _NOT_A_NUMBER,
    "amount_mixed_digits": _NOT_A_NUMBER,
    "amount_negative": Reason("rate_not_positive"),
}


def parse_rate(text: str, notation: Notation) -> int:
    """Parse a typed rate: `3.75` is 375000000. A separator means what it means in the notation.

    Raises Refusal(rate=…): rate_not_a_number, rate_not_positive, rate_too_many_decimals
    (`decimals`), rate_too_large, amount_ambiguous_separator.
    """
    try:
        whole, part = read_decimal(text, notation)
    except Refusal as refused:
        reason = refused.reasons["amount"]
        raise Refusal(rate=_REASONS.get(reason.name, reason)) from None
    if len(part) > RATE_DECIMALS:
        raise Refusal(rate=Reason("rate_too_many_decimals", {"decimals": RATE_DECIMALS}))
    digits = (whole + part.ljust(RATE_DECIMALS, "0")).lstrip("0")
    if not digits:
        raise Refusal(rate="rate_not_positive")
    if len(digits) > len(str(LARGEST_AMOUNT)):
        raise Refusal(rate="rate_too_large")
    return int(digits)


def format_rate(rate_e8: int, digits: str, notation: Notation) -> str:
    """Format a rate without zeros at its end: 375000000 is `3.75`."""
    decimals, rest = RATE_DECIMALS, rate_e8
    while decimals and rest % 10 == 0:
        decimals, rest = decimals - 1, rest // 10
    return format_amount(rest, decimals, digits, notation)


def convert(minor: int, currency: str, rate_e8: int, main: str) -> int:
    """An amount in minor units of the main currency; half of one is rounded away from zero."""
    above: int = abs(minor) * rate_e8 * 10 ** CURRENCIES[main].decimals
    below: int = 10 ** (CURRENCIES[currency].decimals + RATE_DECIMALS)
    converted = (2 * above + below) // (2 * below)
    return converted if minor >= 0 else -converted
