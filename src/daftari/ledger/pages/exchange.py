"""What was handed over in another currency, as the pages tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from daftari.identity.rules import Shop
from daftari.kernel.rates import format_rate
from daftari.ledger.pages.parts import currency_codes
from daftari.ledger.store.account import EntryRow
from daftari.ledger.store.rates import TypedRate


@dataclass(frozen=True, slots=True)
class RateView:
    """«1 $ = 3.75 SAR»: one unit of `of` is `rate` units of `into`."""

    of: str
    rate: str
    into: str


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What was handed over, and the agreed rate."""

    minor: int
    currency: str
    rate: RateView


@dataclass(frozen=True, slots=True)
class RateProposal:
    """A rate that the owner typed on `day`. `typed`: as he would type it."""

    rate: RateView
    typed: str
    day: date


@dataclass(frozen=True, slots=True)
class ExchangeChoice:
    """The part of a form for another currency."""

    currencies: tuple[str, ...]
    proposals: tuple[RateProposal, ...]


def exchange_view(row: EntryRow, shop: Shop) -> ExchangeView | None:
    """Of an entry; None where it was paid in its own currency."""
    if row.paid_minor is None or row.paid_currency is None:
        return None
    assert row.rate_e8 is not None
    assert row.rate_of is not None
    other = row.currency if row.rate_of == row.paid_currency else row.paid_currency
    rate = RateView(row.rate_of, format_rate(row.rate_e8, shop.digits, shop.notation), other)
    return ExchangeView(row.paid_minor, row.paid_currency, rate)


def exchange_choice(
    shop: Shop, balances: Iterable[str], rates: Mapping[str, TypedRate], chosen: str
) -> ExchangeChoice:
    """The currencies that can be handed over, those of the shop and the customer first, and the
    rates that the owner typed.
    """
    near = currency_codes(shop.currency, (*balances, *rates, chosen))
    return ExchangeChoice(near, tuple(_proposal(one, shop) for one in rates.values()))


def _proposal(one: TypedRate, shop: Shop) -> RateProposal:
    shown = format_rate(one.rate_e8, shop.digits, shop.notation)
    typed = format_rate(one.rate_e8, "latn", shop.notation)
    return RateProposal(RateView(one.currency, shown, shop.currency), typed, one.typed_on)
