"""Seasons of the year with a greeting of their own."""

from datetime import date
from enum import StrEnum

from daftari.kernel.calendar import hijri_of


class Season(StrEnum):
    RAMADAN = "ramadan"
    FITR = "fitr"
    ADHA = "adha"


def season_of(day: date, shift: int = 0) -> Season | None:
    """The season of a day: Ramadan, the first three days of Shawwal, 10-13 Dhu al-Hijjah.

    `shift`: of the shop's Hijri date, as in `kernel.calendar`.
    """
    hijri = hijri_of(day, shift)
    if hijri is None:
        return None
    if hijri.month == 9:
        return Season.RAMADAN
    if hijri.month == 10 and hijri.day <= 3:
        return Season.FITR
    if hijri.month == 12 and 10 <= hijri.day <= 13:
        return Season.ADHA
    return None
