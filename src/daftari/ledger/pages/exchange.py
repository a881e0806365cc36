"""What was handed over in another currency, as the pages tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daftari.identity.rules import Shop
from daftari.kernel.money import CURRENCIES
from daftari.kernel.rates import format_rate
from daftari.ledger.store.rates import TypedRate


@dataclass(frozen=True, slots=True)
class RateView:
    """«1 $ = 3.75 SAR»: one unit of `of` is `rate` units of `into`. `day`: when it was typed."""

    of: str
    rate: str
    into: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What was handed over, and the agreed rate."""

    minor: int
    currency: str
    rate: RateView


@dataclass(frozen=True, slots=True)
class ExchangeChoice:
    """The part of the sheet for another currency. `proposals`: the rates that the owner typed."""

    currencies: tuple[str, ...]
    proposals: tuple[RateView, ...]


def exchange_view(row: Any, shop: Shop) -> ExchangeView:
    """Of an entry that was paid in another currency than its own."""
    other = row.currency if row.rate_of == row.paid_currency else row.paid_currency
    rate = RateView(row.rate_of, format_rate(row.rate_e8, shop.digits, shop.notation), other)
    return ExchangeView(row.paid_minor, row.paid_currency, rate)


def exchange_choice(
    shop: Shop, balances: Mapping[str, int], rates: Mapping[str, TypedRate], chosen: str
) -> ExchangeChoice | None:
    """None for a shop and a customer who have to do with one currency only."""
    foreign = [code for code, minor in balances.items() if minor and code != shop.currency]
    if not (foreign or rates or chosen):
        return None
    near = dict.fromkeys((shop.currency, *foreign, *rates))
    proposals = tuple(
        RateView(
            one.currency,
            format_rate(one.rate_e8, shop.digits, shop.notation),
            shop.currency,
            one.typed_on,
        )
        for one in rates.values()
    )
    codes = dict.fromkeys((*near, *CURRENCIES))
    return ExchangeChoice(tuple(codes), proposals)
