"""From where on odd things make an alert, by currency and shop; 0 is never."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from daftari.identity.rules.people import Shop
from daftari.kernel.money import CURRENCIES

WITHIN: Final = timedelta(hours=1)
"""The time in which reversals, opened accounts and exports are counted together."""
MANY_REVERSALS: Final = "many_reversals"
MANY_ACCOUNTS: Final = "many_accounts"
EXPORT: Final = "export"
USUAL_REVERSALS: Final = 5
USUAL_ACCOUNTS: Final = 40
_USUAL_NIGHT: Final = (23, 5)

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


def large_at_night_minor(shop: Shop) -> int:
    """The amount from which an entry at night makes an alert, in minor units."""
    chosen = shop.thresholds.large_at_night_minor
    return usual_large_minor(shop.currency) if chosen is None else chosen


def night_of(shop: Shop) -> tuple[int, int]:
    """The hours of the shop's clock between which it is night; two equal hours are no night.

    By default from eleven in the evening until five. A shop whose day ends later is at work until
    then: its night begins with the end of its day, and has two hours at least.
    """
    since, until = _USUAL_NIGHT
    if shop.day_ends:
        since, until = shop.day_ends, max(until, shop.day_ends + 2)
    chosen = shop.thresholds
    return (
        since if chosen.night_from is None else chosen.night_from,
        until if chosen.night_until is None else chosen.night_until,
    )


def is_night(shop: Shop, at: datetime) -> bool:
    """Whether it is night in the shop at a moment."""
    since, until = night_of(shop)
    hour = at.astimezone(ZoneInfo(shop.zone)).hour
    return since <= hour < until if since <= until else hour >= since or hour < until


def many_reversals(shop: Shop) -> int:
    """The number of reversals by one person within an hour from which there is an alert."""
    chosen = shop.thresholds.many_reversals
    return USUAL_REVERSALS if chosen is None else chosen


def many_accounts(shop: Shop) -> int:
    """The number of accounts or searches within an hour from which there is an alert."""
    chosen = shop.thresholds.many_accounts
    return USUAL_ACCOUNTS if chosen is None else chosen


def tells_exports(shop: Shop) -> bool:
    return shop.thresholds.on_export != 0


def tells_new_phones(shop: Shop) -> bool:
    """Whether those who manage people hear of a member's new phone; its person always does."""
    return shop.thresholds.on_new_phone != 0


def is_many(count: int, threshold: int) -> bool:
    """Whether a count has reached a threshold that is not switched off."""
    return 0 < threshold <= count
