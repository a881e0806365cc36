"""Seasons of the year with a greeting of their own."""

from datetime import date
from enum import StrEnum

from hijridate import Gregorian


class Season(StrEnum):
    RAMADAN = "ramadan"
    FITR = "fitr"
    ADHA = "adha"


def season_of(day: date) -> Season | None:
    """The season of a day: Ramadan, the first three days of Shawwal, 10-13 Dhu al-Hijjah (Umm
    al-Qura).
    """
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return None
    if hijri.month == 9:
        return Season.RAMADAN
    if hijri.month == 10 and hijri.day <= 3:
        return Season.FITR
    if hijri.month == 12 and 10 <= hijri.day <= 13:
        return Season.ADHA
    return None
