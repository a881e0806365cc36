"""The credit limit: what it counts of a customer's balances, and whether they are beyond it.

Twin of `src/daftari/static/js/limits.js`; both answer to the table in `tests/cases/limits.json`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from daftari.kernel.rates import RATE_DECIMALS, convert

Rates = Mapping[str, int]
"""The rates that the owner typed, by currency, as in `kernel.rates`."""


@dataclass(frozen=True, slots=True)
class CountedDebt:
    """What a credit limit counts, in minor units of the main currency.

    `uncounted`: currencies in which the customer owes and for which there is no rate.
    """

    minor: int
    uncounted: tuple[str, ...]


def counted_debt(balances: Mapping[str, int], rates: Rates, main: str) -> CountedDebt:
    """The balances of one customer in all currencies, as one amount. An advance is taken off."""
    known = {**rates, main: 10**RATE_DECIMALS}
    minor = sum(
        convert(balance, currency, known[currency], main)
        for currency, balance in balances.items()
        if currency in known
    )
    owing = (currency for currency, balance in balances.items() if balance > 0)
    return CountedDebt(minor, tuple(sorted(one for one in owing if one not in known)))


def is_beyond_limit(limit_minor: int | None, debt: CountedDebt) -> bool:
    """Whether a debt is larger than the credit limit; never where there is none.

    A limit of 0 is no debt at all, in no currency.
    """
    if limit_minor is None:
        return False
    return debt.minor > limit_minor or (limit_minor == 0 and bool(debt.uncounted))
