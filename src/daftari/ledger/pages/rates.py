"""The page of the rates by which credit limits count other currencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daftari.db.base import ReadTx
from daftari.identity.rules import Shop
from daftari.kernel.forms import Typed
from daftari.kernel.rates import format_rate
from daftari.kernel.refusal import Reason
from daftari.ledger.pages.parts import currency_codes
from daftari.ledger.store import listing
from daftari.ledger.store.rates import find_typed_rates


@dataclass(frozen=True, slots=True)
class RateField:
    """The field of one currency. `seen`: the stored rate as text; `typed_on`: its day."""

    currency: str
    seen: str
    typed: str
    typed_on: date | None


@dataclass(frozen=True, slots=True)
class RatesPage:
    """View model of the rates: one field for each currency that the book has or may have."""

    home: str
    main: str
    fields: tuple[RateField, ...]
    reasons: Mapping[str, Reason]


def rates_page(
    tx: ReadTx,
    shop: Shop,
    typed: Typed | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> RatesPage:
    """The page with the stored rates, or with what was typed and refused."""
    known = find_typed_rates(tx)
    used = (row.currency for row in listing.find_totals(tx))
    codes = currency_codes(shop.currency, (*known, *used))
    as_typed = typed or {}

    def field(code: str) -> RateField:
        rate = known.get(code)
        seen = format_rate(rate.rate_e8, shop.digits, shop.notation) if rate else ""
        text = as_typed.get(f"rate_{code}", seen)
        return RateField(code, seen, text, rate.typed_on if rate else None)

    others = tuple(field(code) for code in codes if code != shop.currency)
    return RatesPage(shop.home, shop.currency, others, reasons or {})
