"""The form of the rates: one field for each currency, and what it showed."""

from functools import partial

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings, Typed
from daftari.kernel.money import CURRENCIES, Notation
from daftari.kernel.rates import parse_rate
from daftari.ledger.rules.commands import ChangeRates


def read_rates(typed: Typed, shop: Shop) -> ChangeRates:
    """The rates that were changed. A field with what it showed (`seen_USD`) changes nothing, so
    that an old page takes back no newer rate; an empty field removes a rate.

    Raises one Refusal with a reason of `parse_rate` for each wrong field (`rate_USD`).
    """
    form = Readings()
    changes: dict[str, int | None] = {}
    for code in CURRENCIES:
        field, text = f"rate_{code}", typed.get(f"rate_{code}")
        if code == shop.currency or text is None or text == typed.get(f"seen_{code}", ""):
            continue
        changes[code] = form.read(field, partial(_read, text, shop.notation), None)
    form.settle()
    return ChangeRates(changes)


def _read(text: str, notation: Notation) -> int | None:
    return parse_rate(text, notation) if neutral(text) else None
