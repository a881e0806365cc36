"""The form of the shop settings that are always editable."""

from collections.abc import Sequence
from typing import Any

from daftari.identity.rules import Shop
from daftari.identity.rules.commands import ChangeCountry, ShopSettings
from daftari.identity.rules.fields import SHOP_SETTINGS
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.forms import Readings, Typed
from daftari.kernel.money import CURRENCIES
from daftari.kernel.refusal import Refusal


def read_country(typed: Typed) -> ChangeCountry:
    """Parse the form of the country. Raises Refusal: country_unknown, currency_unknown."""
    chosen = ChangeCountry(typed.get("country", ""), typed.get("currency", ""))
    if chosen.country not in COUNTRIES:
        raise Refusal(country="country_unknown")
    if chosen.currency not in CURRENCIES:
        raise Refusal(currency="currency_unknown")
    return chosen


def zones_for(shop: Shop) -> tuple[str, ...]:
    """The selectable time zones: those of the countries, and the shop's current one."""
    return tuple(sorted({country.zone for country in COUNTRIES.values()} | {shop.zone}))


def read_shop_settings(typed: Typed, weekend: Sequence[str], shop: Shop) -> ShopSettings:
    """Parse the settings form. `weekend`: the days marked in the form, Monday is "0".

    Raises Refusal: name_missing, name_too_long, choice_unknown, days_not_right,
    percent_not_right.
    """
    form = Readings(SHOP_SETTINGS)

    def read(name: str, *context: object, usual: object = "") -> Any:
        return form.field(name, typed.get(name, str(usual)), usual, *context)

    settings = ShopSettings(
        name=read("name"),
        digits=read("digits"),
        notation=read("notation"),
        calendar=read("calendar"),
        zone=read("zone", zones_for(shop)),
        weekend=form.field("weekend", weekend, ()),
        due_days=read("due_days"),
        hijri_shift=read("hijri_shift", usual=shop.hijri_shift),
        day_ends=read("day_ends", usual=shop.day_ends),
        free_discount=read("free_discount", usual=shop.free_discount or ""),
    )
    form.settle()
    return settings
