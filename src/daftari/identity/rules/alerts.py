"""The amount from which a reversal makes an alert, by currency and shop."""

from typing import Final

from daftari.identity.rules.people import Shop
from daftari.kernel.money import CURRENCIES

# In whole units, about what a family buys in one or two weeks: smaller reversals are usually typos.
_LARGE: Final = {
    "SAR": 500,
    "AED": 500,
    "KWD": 50,
    "BHD": 50,
    "OMR": 50,
    "QAR": 500,
    "YER": 50_000,
    "IQD": 200_000,
    "SYP": 1_500_000,
    "LBP": 12_000_000,
    "JOD": 100,
    "ILS": 500,
    "EGP": 5_000,
    "SDG": 100_000,
    "LYD": 500,
    "TND": 300,
    "DZD": 15_000,
    "MAD": 1_000,
    "MRU": 5_000,
    "SOS": 90_000,
    "DJF": 25_000,
    "KMF": 70_000,
    "USD": 150,
    "EUR": 150,
}


def usual_large_minor(currency: str) -> int:
    """The default amount for a currency, in minor units."""
    return int(_LARGE[currency] * 10 ** CURRENCIES[currency].decimals)


def large_reversal_minor(shop: Shop) -> int:
    """The shop's amount in minor units: the chosen one, else the default of its currency."""
    chosen = shop.large_reversal_minor
    return usual_large_minor(shop.currency) if chosen is None else chosen
