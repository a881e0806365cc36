"""What was handed over in another currency than the debt's, and the agreed rate.

A rate is as in `kernel.rates`: units of one currency for one unit of the other, which is `rate_of`.
"""

from dataclasses import dataclass

from daftari.kernel.money import CURRENCIES, LARGEST_AMOUNT
from daftari.kernel.rates import RATE_DECIMALS
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.kinds import Kind

EXCHANGED_KINDS = (Kind.PAYMENT, Kind.RECOVERY)
"""Kinds of entries by which money is handed over."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was handed over: `paid_minor` of `paid_currency`, at a rate for one unit of
    `rate_of`.
    """

    paid_minor: int
    paid_currency: str
    rate_e8: int
    rate_of: str


def usual_unit(currency: str, paid_currency: str, main: str) -> str:
    """The currency whose one unit a rate is told for: the foreign one, as on the page of rates."""
    return paid_currency if currency == main else currency


def agree(
    amount: int | None, currency: str, paid: int | None, rate: int | None, pair: tuple[str, str]
) -> tuple[int, Exchange]:
    """The amount in the debt's currency and what was handed over for it, from two of the three.

    `pair`: the currency handed over, and the one whose unit the rate is told for. Raises Refusal:
    amount_missing, paid_amount_missing, rate_missing, rate_disagrees, and what no amount or rate
    can be (amount_zero, amount_too_large, rate_not_positive, rate_too_large).
    """
    paid_currency, rate_of = pair
    if amount is None:
        amount = _amount_from(paid, rate, paid_currency, currency, rate_of)
    if paid is None:
        if rate is None:
            raise Refusal(paid_amount="paid_amount_missing")
        paid = _within("paid_amount", exchanged(amount, currency, rate, rate_of, paid_currency))
    if rate is None:
        rate = _possible_rate(amount, currency, paid, paid_currency, rate_of)
    exchange = Exchange(paid, paid_currency, rate, rate_of)
    if not agrees(amount, currency, exchange):
        raise Refusal(rate="rate_disagrees")
    return amount, exchange


def agrees(amount: int, currency: str, it: Exchange) -> bool:
    """Whether the amounts fit the rate, within one minor unit or the last digit of the rate.

    What the rate makes of an amount is something: less than half of a minor unit fits no amount.
    """
    paid = exchanged(amount, currency, it.rate_e8, it.rate_of, it.paid_currency)
    covered = exchanged(it.paid_minor, it.paid_currency, it.rate_e8, it.rate_of, currency)
    if _is_near(paid, it.paid_minor) or _is_near(covered, amount):
        return True
    return it.rate_e8 == rate_between(amount, currency, it.paid_minor, it.paid_currency, it.rate_of)


def _is_near(made: int, told: int) -> bool:
    return made > 0 and abs(made - told) <= 1


def exchanged(minor: int, currency: str, rate_e8: int, rate_of: str, into: str) -> int:
    """An amount of one currency in the other; half of a minor unit is rounded up."""
    above = minor * 10 ** CURRENCIES[into].decimals
    below: int = 10 ** CURRENCIES[currency].decimals
    one: int = 10**RATE_DECIMALS
    if currency == rate_of:
        return _rounded(above * rate_e8, below * one)
    return _rounded(above * one, below * rate_e8)


def rate_between(amount: int, currency: str, paid: int, paid_currency: str, rate_of: str) -> int:
    """The rate at which one amount is the other, rounded to its last decimal."""
    one, other = (amount, currency), (paid, paid_currency)
    if currency != rate_of:
        one, other = other, one
    above = other[0] * 10 ** (CURRENCIES[one[1]].decimals + RATE_DECIMALS)
    return _rounded(above, one[0] * 10 ** CURRENCIES[other[1]].decimals)


def _amount_from(
    paid: int | None, rate: int | None, paid_currency: str, currency: str, rate_of: str
) -> int:
    if paid is None:
        raise Refusal(amount="amount_missing")
    if rate is None:
        raise Refusal(rate="rate_missing")
    return _within("amount", exchanged(paid, paid_currency, rate, rate_of, currency))


def _possible_rate(amount: int, currency: str, paid: int, paid_currency: str, rate_of: str) -> int:
    rate = rate_between(amount, currency, paid, paid_currency, rate_of)
    if rate == 0:
        raise Refusal(rate="rate_not_positive")
    if rate > LARGEST_AMOUNT:
        raise Refusal(rate="rate_too_large")
    return rate


def _within(field: str, minor: int) -> int:
    if minor == 0:
        raise Refusal(**{field: "amount_zero"})
    if minor > LARGEST_AMOUNT:
        raise Refusal(**{field: "amount_too_large"})
    return minor


def _rounded(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)
