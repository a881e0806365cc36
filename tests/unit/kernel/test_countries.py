"""Every country a shop may stand in has what a shop there starts with."""

from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from phonenumbers import country_code_for_region

from daftari.kernel.countries import COUNTRIES
from daftari.kernel.money import COMMA, CURRENCIES


def test_the_arab_league_is_complete():
    assert len(COUNTRIES) == 22


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_has_a_currency_a_zone_and_a_dial_code(code):
    country = COUNTRIES[code]
    assert country.currency in CURRENCIES
    assert ZoneInfo(country.zone)
    assert country.dial_code == f"+{country_code_for_region(code)}"


@pytest.mark.parametrize("code", [code for code in COUNTRIES if code != "PS"])
def test_a_weekend_is_that_of_cldr(code):
    locale = Locale.parse(f"ar_{code}")
    assert COUNTRIES[code].weekend == (locale.weekend_start, locale.weekend_end)


def test_palestine_rests_on_friday_and_saturday():
    assert COUNTRIES["PS"].weekend == (4, 5)


def test_the_decimal_comma_is_the_maghrebs():
    with_comma = {code for code, country in COUNTRIES.items() if country.notation == COMMA}
    assert with_comma == {"DZ", "MA", "TN", "MR"}
