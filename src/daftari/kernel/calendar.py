"""Calendar arithmetic: Gregorian and Hijri months, weekdays, working days and feasts.

Hijri dates follow Umm al-Qura. `shift`: days by which a shop's Hijri date is ahead of it, because
the moon was seen there a day earlier (1) or later (-1).
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from hijridate import Gregorian, Hijri

from daftari.kernel.digits import shown

_HIJRI_MONTHS = {
    "ar": (
        "محرم",
        "صفر",
        "ربيع الأول",
        "ربيع الآخر",
        "جمادى الأولى",
        "جمادى الآخرة",
        "رجب",
        "شعبان",
        "رمضان",
        "شوال",
        "ذو القعدة",
        "ذو الحجة",
    ),
    "en": (
        "Muharram",
        "Safar",
        "Rabi al-Awwal",
        "Rabi al-Akhir",
        "Jumada al-Ula",
        "Jumada al-Akhirah",
        "Rajab",
        "Shaban",
        "Ramadan",
        "Shawwal",
        "Dhu al-Qadah",
        "Dhu al-Hijjah",
    ),
}
_WEEKDAYS = {
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


@lru_cache(maxsize=4096)
def hijri_text(day: date, language: str, digits: str, shift: int = 0) -> str:
    """The Hijri day and month of a date, «13 جمادى الآخرة».

    The text is empty outside the calendar's tables (1924–2077).
    """
    hijri = hijri_of(day, shift)
    if hijri is None:
        return ""
    return f"{shown(str(hijri.day), digits)} {_HIJRI_MONTHS[language][hijri.month - 1]}"


def hijri_of(day: date, shift: int = 0) -> Hijri | None:
    """The Hijri date of a day; None outside the tables."""
    try:
        return Gregorian.fromdate(day + timedelta(days=shift)).to_hijri()
    except OverflowError:
        return None


def day_in_digits(day: date, digits: str) -> str:
    """The Gregorian date in digits, 23/11/2026."""
    return shown(f"{day.day}/{day.month}/{day.year}", digits)


def weekday_name(day: date, language: str) -> str:
    """The name of the day of the week, «الخميس»."""
    return _WEEKDAYS[language][day.weekday()]


def days_late(due_on: date, today: date) -> int:
    """The number of days since the due date; 0 on that day and before it."""
    return max(0, (today - due_on).days)


def month_end(day: date) -> date:
    """The last day of the date's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day if it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return first.replace(day=min(day.day, month_end(first).day))


def hijri_day(day: date, number: int, months: int = 0, shift: int = 0) -> date | None:
    """Day `number` of the Hijri month that is `months` after the month of `day`.

    In a month of 29 days, day 30 is the 29th. None outside the tables (1924-2077).
    """
    here = hijri_of(day, shift)
    if here is None:
        return None
    try:
        years, month = divmod(here.month - 1 + months, 12)
        first = Hijri(here.year + years, month + 1, 1)
        last = first.month_length()
        found = Hijri(first.year, first.month, min(number, last)).to_gregorian()
        return date.fromordinal(found.toordinal() - shift)
    except OverflowError:
        return None


def hijri_months_later(day: date, months: int, shift: int = 0) -> date | None:
    """The same day of a later Hijri month. None outside the tables."""
    hijri = hijri_of(day, shift)
    return None if hijri is None else hijri_day(day, hijri.day, months, shift)


def is_hijri_month_end(day: date, shift: int = 0) -> bool:
    """Whether the date is the last of its Hijri month; False outside the tables."""
    hijri = hijri_of(day, shift)
    return hijri is not None and hijri.day == hijri.month_length()


def working_day_near(day: date, weekend: Collection[int]) -> date:
    """The working day nearest to `day`; of two at the same distance, the earlier.

    `weekend`: days of the week, Monday is 0; at least one day is a working day. So a salary due on
    a Friday is paid on Thursday and one due on a Saturday on Sunday, as Saudi Arabia's treasury
    does it.
    """
    near = (day + timedelta(days=side * days) for days in range(7) for side in (-1, 1))
    return next((one for one in near if one.weekday() not in weekend), day)


def working_day_from(day: date, weekend: Collection[int]) -> date:
    """The first working day that is not before `day`."""
    following = (day + timedelta(days=days) for days in range(7))
    return next((one for one in following if one.weekday() not in weekend), day)


def after_the_feast(day: date, weekend: Collection[int], shift: int = 0) -> date | None:
    """The first working day after the next feast («بعد العيد»); during a feast, after that one.

    The feasts are 1-3 Shawwal and 10-13 Dhu al-Hijjah (the day and the three of tashriq). None
    outside the tables.
    """
    for months in range(13):
        first = hijri_day(day, 1, months, shift)
        if first is None:
            return None
        month = hijri_of(first, shift)
        over = month and _FEAST_IS_OVER.get(month.month)
        back = working_day_from(first + timedelta(days=over - 1), weekend) if over else day
        if back > day:
            return back
    return None


_FEAST_IS_OVER = {10: 4, 12: 14}
"""The first day after the feast, by the number of the Hijri month with the feast."""
