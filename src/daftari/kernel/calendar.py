"""Days as a shop speaks of them."""

from datetime import date
from functools import lru_cache

from hijridate import Gregorian

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
def hijri_text(day: date, language: str, digits: str) -> str:
    """Day and month by Umm al-Qura, «13 جمادى الآخرة»; empty outside its tables (1924–2077)."""
    try:
        hijri = Gregorian.fromdate(day).to_hijri()
    except OverflowError:
        return ""
    return f"{shown(str(hijri.day), digits)} {_HIJRI_MONTHS[language][hijri.month - 1]}"


def weekday_name(day: date, language: str) -> str:
    """The day of the week, «الخميس»."""
    return _WEEKDAYS[language][day.weekday()]


def days_late(due_on: date, today: date) -> int:
    """How many days have passed since the due date; 0 on that day and before it."""
    return max(0, (today - due_on).days)
