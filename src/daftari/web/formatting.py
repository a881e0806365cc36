"""Template functions that format text, amounts, days and times for one locale.

A locale is a language, a form of digits, a notation of numbers and a shift of Hijri dates. Each
locale has its own functions, bound once, so that a macro imported without context formats like its
page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from daftari.kernel.calendar import day_in_digits, hijri_text, weekday_name
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, Notation, format_amount
from daftari.kernel.refusal import Reason
from daftari.web.i18n import catalogue, reason_text
from daftari.web.phrases import phrases
from daftari.web.view import assets


@dataclass(frozen=True, slots=True)
class Locale:
    """Language (`ar`, `en`), digits (`latn`, `arab`) and notation of numbers on a page.

    `hijri_shift`: of the shop's Hijri dates, as in `kernel.calendar`.
    """

    language: str
    digits: str
    notation: Notation
    hijri_shift: int = 0


def functions(locale: Locale) -> dict[str, Any]:
    """The functions that every template of this locale can call."""

    def reason(refused: Reason) -> str:
        return reason_text(locale.language, refused, locale.digits, locale.notation)

    numbers = _numbers(locale)
    days = _days(locale.language, locale.digits, locale.hijri_shift)
    hours = _hours(locale.digits, days["civil"])
    marks = SimpleNamespace(**_marks(numbers["money"], numbers["unit"]))
    translations = _gettext(locale.language, numbers["number"]) | phrases(locale.language)
    notation = {"group": locale.notation.group, "decimal": locale.notation.decimal}
    number_format = {"digits": locale.digits, "notation": notation}
    return {
        **numbers,
        **days,
        **hours,
        **translations,
        "reason": reason,
        "marks": marks,
        "spoken": number_format,
    }


def _numbers(locale: Locale) -> dict[str, Callable[..., str]]:
    language, digits, notation = locale.language, locale.digits, locale.notation

    def money(minor: int, currency: str) -> str:
        return format_amount(minor, CURRENCIES[currency].decimals, digits, notation)

    def unit(currency: str) -> str:
        known = CURRENCIES[currency]
        return known.symbol_ar if language == "ar" else known.symbol_en

    def unit_name(currency: str) -> str:
        known = CURRENCIES[currency]
        return known.name_ar if language == "ar" else known.name_en

    def number(count: int) -> str:
        return format_amount(count, 0, digits, notation)

    formatters = (money, length_of, unit, unit_name, number)
    return {function.__name__: function for function in formatters}


def length_of(amount: str) -> str:
    """The CSS length class of a formatted amount: 'short', 'long' or 'very-long'."""
    size = len(amount)
    return "short" if size <= 9 else "long" if size <= 10 else "very-long"


def _marks(
    money: Callable[[int, str], str], unit: Callable[[str], str]
) -> dict[str, Callable[..., Any]]:
    """The smallest macros of `layout/macros.html`, written in Python; they are described there.

    A list calls them hundreds of times, and a Jinja macro costs ten times as much.
    """

    def name(text: str) -> Markup:
        return Markup(f"<bdi>{escape(text)}</bdi>")

    def ltr(text: str) -> Markup:
        return Markup(f'<bdi dir="ltr">{escape(text)}</bdi>')

    def amount(minor: int, currency: str, with_unit: bool = False) -> Markup:
        number = f'<bdi class="money" dir="ltr">{money(minor, currency)}</bdi>'
        return Markup(
            f'{number} <span class="unit">{unit(currency)}</span>' if with_unit else number
        )

    def amount_length(minor: int, currency: str) -> str:
        return length_of(money(minor, currency))

    @cache
    def icon(drawing: str, size: str = "", turns: bool = False) -> Markup:
        look = "icon" + (f" icon-{size}" if size else "") + (" icon-turns" if turns else "")
        where = f"{assets().url('icons/sprite.svg')}#{drawing}"
        return Markup(
            f'<svg class="{look}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
            f'<use href="{where}"/></svg>'
        )

    made = (name, ltr, amount, amount_length, icon)
    return {function.__name__: function for function in made}


def _days(language: str, digits: str, shift: int) -> dict[str, Callable[..., Any]]:
    def civil(day: date) -> str:
        return day_in_digits(day, digits)

    words = catalogue(language)

    @lru_cache(maxsize=1024)
    def short_day(day: date, today: date) -> Markup:
        """Day and month, 20/11; with the year when it is not the current one."""
        this_year = shown(f"{day.day}/{day.month}", digits)
        return Markup(f'<bdi dir="ltr">{this_year if day.year == today.year else civil(day)}</bdi>')

    near = {0: words.gettext("today"), 1: words.gettext("yesterday")}

    def near_day(day: date, today: date) -> str:
        """The day as a word or a short date: today, yesterday, 20/11."""
        return near.get((today - day).days) or short_day(day, today)

    def hijri(day: date) -> str:
        return hijri_text(day, language, digits, shift)

    def weekday(day: date) -> str:
        return weekday_name(day, language)

    formatters = (civil, short_day, near_day, hijri, weekday)
    return {function.__name__: function for function in formatters}


def _hours(digits: str, civil: Callable[[date], str]) -> dict[str, Callable[..., str]]:
    def clock(there: datetime) -> str:
        """The time of day, 09:30. `there`: a moment in the shop's time zone."""
        return shown(f"{there.hour:02}:{there.minute:02}", digits)

    def stamp(there: datetime) -> str:
        """Date and time of day. `there`: a moment in the shop's time zone."""
        return f"{civil(there)} {clock(there)}"

    @pass_context
    def moment(context: Context, at: datetime) -> str:
        return stamp(at.astimezone(ZoneInfo(context["view"].zone)))

    formatters = (clock, stamp, moment)
    return {function.__name__: function for function in formatters}


def _gettext(language: str, number: Callable[[int], str]) -> dict[str, Callable[..., Any]]:
    """The newstyle gettext functions: `_('%(name)s paid', name=…)`.

    Values are escaped, a percent sign is `%%`; `%(num)s` of a plural is the count in the shop's
    digits.
    """
    words = catalogue(language)
    plain = cache(lambda message: Markup(words.gettext(message)) % {})

    def gettext(message: str, /, **values: object) -> Markup:
        return _filled(words.gettext(message), values) if values else plain(message)

    @lru_cache(maxsize=1024)
    def counted(one: str, many: str, count: int) -> Markup:
        return _filled(words.ngettext(one, many, count), {"num": number(count)})

    def ngettext(one: str, many: str, count: int, /, **values: object) -> Markup:
        if not values:
            return counted(one, many, count)
        values.setdefault("num", number(count))
        return _filled(words.ngettext(one, many, count), values)

    def pgettext(context: str, message: str, /, **values: object) -> Markup:
        return _filled(words.pgettext(context, message), values)

    def npgettext(context: str, one: str, many: str, count: int, /, **values: object) -> Markup:
        values.setdefault("num", number(count))
        return _filled(words.npgettext(context, one, many, count), values)

    return {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
        "npgettext": npgettext,
    }


def _filled(sentence: str, values: Mapping[str, object]) -> Markup:
    """The result of `Markup(sentence) % values` for text, at a fifth of its cost."""
    return Markup(sentence % {name: escape(value) for name, value in values.items()})
