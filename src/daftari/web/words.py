"""What templates call: words, amounts, days and hours in one manner of speaking.

A manner is a language, a form of digits and a notation. Each has its own functions, bound once, so
that a macro imported without context speaks like the page it stands in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from daftari.kernel.calendar import hijri_text, weekday_name
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, Notation, format_amount
from daftari.kernel.refusal import Reason
from daftari.web.i18n import catalogue, reason_text


@dataclass(frozen=True, slots=True)
class Manner:
    """How a page speaks: `ar` or `en`, `latn` or `arab`, 1,234.56 or 1.234,56."""

    language: str
    digits: str
    notation: Notation


def functions(manner: Manner) -> dict[str, Callable[..., Any]]:
    """The functions of every template."""

    def reason(refused: Reason) -> str:
        return reason_text(manner.language, refused, manner.digits, manner.notation)

    numbers = _numbers(manner)
    days = _days(manner.language, manner.digits)
    return {**numbers, **days, **_gettext(manner.language, numbers["number"]), "reason": reason}


def _numbers(manner: Manner) -> dict[str, Callable[..., str]]:
    language, digits, notation = manner.language, manner.digits, manner.notation

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

    return {"money": money, "unit": unit, "unit_name": unit_name, "number": number}


def _days(language: str, digits: str) -> dict[str, Callable[..., str]]:
    def civil(day: date) -> str:
        return shown(f"{day.day}/{day.month}/{day.year}", digits)

    def hijri(day: date) -> str:
        return hijri_text(day, language, digits)

    def weekday(day: date) -> str:
        return weekday_name(day, language)

    @pass_context
    def moment(context: Context, at: datetime) -> str:
        there = at.astimezone(ZoneInfo(context["view"].zone))
        return f"{civil(there)} {shown(f'{there:%H:%M}', digits)}"

    @pass_context
    def hour(context: Context, at: datetime) -> str:
        return shown(f"{at.astimezone(ZoneInfo(context['view'].zone)):%H:%M}", digits)

    return {"civil": civil, "hijri": hijri, "weekday": weekday, "moment": moment, "hour": hour}


def _gettext(language: str, number: Callable[[int], str]) -> dict[str, Callable[..., Any]]:
    """Newstyle gettext: `_('%(name)s paid', name=…)`, values escaped, a percent sign is `%%`.

    `%(num)s` of a plural is the count in the shop's digits.
    """
    words = catalogue(language)
    plain = cache(lambda message: Markup(words.gettext(message)) % {})

    def gettext(message: str, /, **values: object) -> Markup:
        return Markup(words.gettext(message)) % values if values else plain(message)

    def ngettext(one: str, many: str, count: int, /, **values: object) -> Markup:
        values.setdefault("num", number(count))
        return Markup(words.ngettext(one, many, count)) % values

    def pgettext(context: str, message: str, /, **values: object) -> Markup:
        return Markup(words.pgettext(context, message)) % values

    def npgettext(context: str, one: str, many: str, count: int, /, **values: object) -> Markup:
        values.setdefault("num", number(count))
        return Markup(words.npgettext(context, one, many, count)) % values

    return {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
        "npgettext": npgettext,
    }
