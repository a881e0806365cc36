"""The page of a shop's settings."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from daftari.identity.actions.shops import settings_of
from daftari.identity.forms.shop import zones_for
from daftari.identity.pages.signin import Choices, Reasons, country_choices
from daftari.identity.rules import Shop
from daftari.identity.rules.commands import ShopSettings
from daftari.identity.rules.fields import DAY_ENDS
from daftari.kernel.calendar import weekday_name
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.digits import shown
from daftari.kernel.edits import Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal

_WEEK = tuple(date(2026, 1, 3) + timedelta(days) for days in range(7))  # from a Saturday on


@dataclass(frozen=True, slots=True)
class ShopPage:
    """The settings page of a shop, with stored or typed values."""

    shop: Shop
    typed: Mapping[str, str]
    weekend: frozenset[str]
    days: Choices
    zones: Choices
    day_ends: Choices
    country: str
    shown: Shown
    reasons: Reasons


def shop_page(
    shop: Shop,
    language: str,
    typed: Typed | None = None,
    weekend: Iterable[str] = (),
    refusal: Refusal | None = None,
) -> ShopPage:
    """The settings page with the stored values, or as typed with its refusals. Where others changed
    them meanwhile it is as it would be now, but for what was changed here.
    """
    settings = settings_of(shop)
    texts = _setting_texts(shop, settings, language)
    marked = frozenset(map(str, settings.weekend))
    if typed is None or refusal is None:
        return _shop_page(shop, texts, marked, Shown.of(asdict(settings)), {}, language)
    as_typed = texts | {name: typed[name] for name in texts if name in typed}
    if not isinstance(refusal, Stale):
        said = Shown.sent(typed)
        return _shop_page(shop, as_typed, weekend, said, refusal.reasons, language)
    kept = {name: as_typed[name] for name in refusal.touched if name in texts}
    days = weekend if "weekend" in refusal.touched else marked
    said = Shown.of(asdict(settings), refusal.conflicts)
    reasons = refusal.asking(
        lambda name, value: _setting_texts(shop, replace(settings, **{name: value}), language)[name]
    )
    return _shop_page(shop, texts | kept, days, said, reasons, language)


def _setting_texts(shop: Shop, settings: ShopSettings, language: str) -> dict[str, str]:
    """The settings as the form shows them, by field."""
    due_days = "" if settings.due_days is None else shown(str(settings.due_days), shop.digits)
    names = {day.weekday(): weekday_name(day, language) for day in _WEEK}
    weekend = [names[day] for day in settings.weekend]
    texts = {name: str(value) for name, value in asdict(settings).items()}
    percent = "" if settings.free_discount is None else str(settings.free_discount)
    shown_numbers = {"due_days": due_days, "free_discount": shown(percent, shop.digits)}
    return texts | shown_numbers | {"weekend": "\n".join(weekend)}


def _shop_page(
    shop: Shop,
    typed: Mapping[str, str],
    weekend: Iterable[str],
    said: Shown,
    reasons: Reasons,
    language: str,
) -> ShopPage:
    names = dict(country_choices(language))
    by_zone = {country.zone: names[code] for code, country in COUNTRIES.items()}
    zones = tuple((zone, by_zone.get(zone, zone)) for zone in zones_for(shop))
    days = tuple((str(day.weekday()), weekday_name(day, language)) for day in _WEEK)
    ends = tuple((hour, shown(f"{int(hour):02}:00", shop.digits)) for hour in DAY_ENDS)
    country = names[shop.country]
    return ShopPage(shop, typed, frozenset(weekend), days, zones, ends, country, said, reasons)
