"""The page to choose the country and the currency of a book."""

from collections.abc import Mapping
from dataclasses import dataclass

from daftari.db.base import ReadTx
from daftari.identity.rules import Shop
from daftari.kernel.countries import COUNTRIES, Country
from daftari.kernel.money import CURRENCIES, Currency
from daftari.kernel.refusal import Reason
from daftari.ledger.store.account import has_entries


@dataclass(frozen=True, slots=True)
class CountryPage:
    """View model of the country page. `is_begun`: there is an entry, so nothing can change any
    more.
    """

    home: str
    is_begun: bool
    country: str
    currency: str
    countries: tuple[Country, ...]
    currencies: tuple[Currency, ...]
    reasons: Mapping[str, Reason]


def country_page(
    tx: ReadTx,
    shop: Shop,
    country: str = "",
    currency: str = "",
    reasons: Mapping[str, Reason] | None = None,
) -> CountryPage:
    """The country page with the current values, or with refused ones and their reasons."""
    return CountryPage(
        home=shop.home,
        is_begun=has_entries(tx),
        country=country or shop.country,
        currency=currency or shop.currency,
        countries=tuple(COUNTRIES.values()),
        currencies=tuple(CURRENCIES.values()),
        reasons=reasons or {},
    )
