"""The form of the shop settings that are always editable."""

from collections.abc import Collection, Sequence

from daftari.identity.rules import Shop
from daftari.identity.rules.commands import ChangeCountry, ShopSettings
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.forms import (
    Readings,
    Typed,
    read_choice,
    read_days,
    read_name,
)
from daftari.kernel.money import CURRENCIES, NOTATIONS
from daftari.kernel.refusal import Refusal

DIGITS = ("latn", "arab")
CALENDARS = ("gregorian", "hijri")
WEEK = range(7)
HIJRI_SHIFTS = ("-1", "0", "1")
DAY_ENDS = tuple(str(hour) for hour in range(7))


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

    Raises Refusal: name_missing, name_too_long, choice_unknown, days_not_right.
    """
    form = Readings()

    def chosen(field: str, choices: Collection[str], usual: str = "") -> str:
        text = typed.get(field, usual)
        return form.read(field, lambda: read_choice(text, choices, "choice_unknown"), usual)

    settings = ShopSettings(
        name=form.read("name", lambda: read_name(typed.get("name", "")), ""),
        digits=chosen("digits", DIGITS),
        notation=chosen("notation", NOTATIONS),
        calendar=chosen("calendar", CALENDARS),
        zone=chosen("zone", zones_for(shop)),
        weekend=form.read("weekend", lambda: _read_weekend(weekend), ()),
        due_days=form.read("due_days", lambda: read_days(typed.get("due_days", "")), None),
        hijri_shift=int(chosen("hijri_shift", HIJRI_SHIFTS, str(shop.hijri_shift))),
        day_ends=int(chosen("day_ends", DAY_ENDS, str(shop.day_ends))),
    )
    form.settle()
    return settings


def _read_weekend(marked: Sequence[str]) -> tuple[int, ...]:
    days = [str(day) for day in WEEK]
    if any(day not in days for day in marked) or len(set(marked)) == len(days):
        raise Refusal(weekend="choice_unknown")
    return tuple(sorted({int(day) for day in marked}))
