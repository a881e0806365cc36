"""The countries of the Arab League, and the default settings of a shop in each."""

from dataclasses import dataclass, replace
from typing import Final

from daftari.kernel.money import COMMA, NOTATIONS, POINT, Notation

BLANKS_BETWEEN_THOUSANDS: Final = frozenset({"DZ", "MA", "TN", "MR", "DJ", "KM"})
"""Countries where French is written too: «1 234,56»."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: currency code, IANA time zone, dial code with its plus, weekend (Monday is 0)."""

    code: str
    name_ar: str
    name_en: str
    currency: str
    zone: str
    dial_code: str
    notation: Notation
    weekend: tuple[int, ...]


_FRIDAY_SATURDAY = (4, 5)
_SATURDAY_SUNDAY = (5, 6)

# Weekends are CLDR's, save Palestine, where CLDR knows no more than the world's default.
# Notations follow what shops print: 1.234,56 is the Maghreb's, though CLDR gives it to Libya
# and Lebanon too, where prices are written 12.500 and 1,500,000.
_ALL = (
    Country("JO", "الأردن", "Jordan", "JOD", "Asia/Amman", "+962", POINT, _FRIDAY_SATURDAY),
    Country(
        "AE",
        "الإمارات",
        "United Arab Emirates",
        "AED",
        "Asia/Dubai",
        "+971",
        POINT,
        _SATURDAY_SUNDAY,
    ),
    Country("BH", "البحرين", "Bahrain", "BHD", "Asia/Bahrain", "+973", POINT, _FRIDAY_SATURDAY),
    Country("DZ", "الجزائر", "Algeria", "DZD", "Africa/Algiers", "+213", COMMA, _FRIDAY_SATURDAY),
    Country(
        "SA", "السعودية", "Saudi Arabia", "SAR", "Asia/Riyadh", "+966", POINT, _FRIDAY_SATURDAY
    ),
    Country("SD", "السودان", "Sudan", "SDG", "Africa/Khartoum", "+249", POINT, _FRIDAY_SATURDAY),
    Country("SO", "الصومال", "Somalia", "SOS", "Africa/Mogadishu", "+252", POINT, _SATURDAY_SUNDAY),
    Country("IQ", "العراق", "Iraq", "IQD", "Asia/Baghdad", "+964", POINT, _FRIDAY_SATURDAY),
    Country("KW", "الكويت", "Kuwait", "KWD", "Asia/Kuwait", "+965", POINT, _FRIDAY_SATURDAY),
    Country("MA", "المغرب", "Morocco", "MAD", "Africa/Casablanca", "+212", COMMA, _SATURDAY_SUNDAY),
    Country("YE", "اليمن", "Yemen", "YER", "Asia/Aden", "+967", POINT, _FRIDAY_SATURDAY),
    Country("TN", "تونس", "Tunisia", "TND", "Africa/Tunis", "+216", COMMA, _SATURDAY_SUNDAY),
    Country("KM", "جزر القمر", "Comoros", "KMF", "Indian/Comoro", "+269", POINT, _SATURDAY_SUNDAY),
    Country("DJ", "جيبوتي", "Djibouti", "DJF", "Africa/Djibouti", "+253", POINT, _SATURDAY_SUNDAY),
    Country("SY", "سوريا", "Syria", "SYP", "Asia/Damascus", "+963", POINT, _FRIDAY_SATURDAY),
    Country("OM", "عُمان", "Oman", "OMR", "Asia/Muscat", "+968", POINT, _FRIDAY_SATURDAY),
    Country("PS", "فلسطين", "Palestine", "ILS", "Asia/Hebron", "+970", POINT, _FRIDAY_SATURDAY),
    Country("QA", "قطر", "Qatar", "QAR", "Asia/Qatar", "+974", POINT, _FRIDAY_SATURDAY),
    Country("LB", "لبنان", "Lebanon", "LBP", "Asia/Beirut", "+961", POINT, _SATURDAY_SUNDAY),
    Country("LY", "ليبيا", "Libya", "LYD", "Africa/Tripoli", "+218", POINT, _FRIDAY_SATURDAY),
    Country("EG", "مصر", "Egypt", "EGP", "Africa/Cairo", "+20", POINT, _FRIDAY_SATURDAY),
    Country(
        "MR", "موريتانيا", "Mauritania", "MRU", "Africa/Nouakchott", "+222", COMMA, _SATURDAY_SUNDAY
    ),
)

COUNTRIES: dict[str, Country] = {country.code: country for country in _ALL}
"""The countries by code, sorted by their Arabic names for a select list."""


def notation_of(country: str, name: str) -> Notation:
    """The notation of a shop in a country: the one it chose, read as the country writes it."""
    return replace(NOTATIONS[name], blanks=country in BLANKS_BETWEEN_THOUSANDS)
