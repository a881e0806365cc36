"""The page to choose the country and the currency of a book."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from daftari.db.base import ReadTx
from daftari.identity.actions.shops import country_of
from daftari.identity.rules import Shop
from daftari.kernel.countries import COUNTRIES, Country
from daftari.kernel.edits import Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.money import CURRENCIES, Currency
from daftari.kernel.refusal import Reason, Refusal
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
    shown: Shown
    reasons: Mapping[str, Reason]


def country_page(
    tx: ReadTx,
    shop: Shop,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> CountryPage:
    """The country page with the current values, or as typed with its refusals. Where others changed
    them meanwhile it is as it would be now, but for what was changed here.
    """
    values = asdict(country_of(shop))
    texts, shown, reasons = values, Shown.of(values), refusal.reasons if refusal else {}
    if isinstance(refusal, Stale) and typed is not None:
        texts = values | {name: typed[name] for name in refusal.touched}
        shown, reasons = Shown.of(values, refusal.conflicts), refusal.asking(lambda _, code: code)
    elif typed is not None:
        texts = values | {name: typed[name] for name in values if typed.get(name)}
        shown = Shown.sent(typed)
    return CountryPage(
        home=shop.home,
        is_begun=has_entries(tx),
        country=texts["country"],
        currency=texts["currency"],
        shown=shown,
        countries=tuple(COUNTRIES.values()),
        currencies=tuple(CURRENCIES.values()),
        reasons=reasons,
    )
