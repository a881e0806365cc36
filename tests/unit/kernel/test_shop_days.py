"""The days of a shop: where its business day ends, and how its Hijri date stands to Umm al-Qura."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.calendar import (
    after_the_feast,
    hijri_day,
    hijri_months_later,
    hijri_text,
    is_hijri_month_end,
)
from daftari.kernel.clock import business_day
from daftari.kernel.paydays import Payday, next_payday
from daftari.ledger.rules.plans import Every, due_days
from daftari.reminders.rules.eligibility import LocalTime
from daftari.reminders.rules.seasons import Season, season_of
from tests.book import SHOP

CASES = json.loads((Path(__file__).parents[2] / "cases" / "days.json").read_text())
MONDAY = date(2026, 11, 23)  # 13 Jumada al-Akhirah
DAYS = st.dates(date(1990, 1, 1), date(2070, 1, 1))
SHIFTS = st.sampled_from([-1, 0, 1])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_business_day_ends_at_the_hour_of_the_shop(case):
    at = datetime.fromisoformat(case["at"])
    assert str(business_day(at, case["zone"], case["day_ends"])) == case["day"]


def test_a_business_day_begins_where_the_one_before_ends():
    late = replace(SHOP, day_ends=3)
    begins = late.start_of(MONDAY)
    assert str(begins) == "2026-11-23 00:00:00+00:00"  # 03:00 in Riyadh
    assert late.day_of(begins) == MONDAY
    assert late.day_of(begins - timedelta(seconds=1)) == MONDAY - timedelta(days=1)


def test_an_hour_after_midnight_is_an_hour_of_the_same_business_day():

    now = LocalTime(datetime.fromisoformat("2026-11-23T23:30:00+00:00"), "Asia/Riyadh", 3)
    assert now.today == MONDAY
    assert str(now.moment(MONDAY, time(2))) == "2026-11-23 23:00:00+00:00"
    assert str(now.moment(MONDAY, time(9))) == "2026-11-23 06:00:00+00:00"


@pytest.mark.parametrize(
    ("shift", "told"), [(-1, "12 جمادى الآخرة"), (0, "13 جمادى الآخرة"), (1, "14 جمادى الآخرة")]
)
def test_a_shop_may_be_a_day_ahead_of_umm_al_qura_or_behind(shift, told):
    assert hijri_text(MONDAY, "ar", "latn", shift) == told


@given(DAYS, st.integers(1, 29), st.integers(0, 13), SHIFTS)
def test_a_named_hijri_day_is_that_day_on_the_shops_calendar(day, number, months, shift):
    found = hijri_day(day, number, months, shift)
    assert hijri_text(found, "en", "latn", shift).split()[0] == str(number)


@given(DAYS, SHIFTS)
def test_everything_hijri_moves_together(day, shift):
    """What the shop calls this day, another shop calls so `shift` days later."""
    there = day + timedelta(days=shift)
    back = timedelta(days=-shift)
    payday = Payday.parse("hijri:15")
    assert hijri_text(day, "en", "latn", shift) == hijri_text(there, "en", "latn")
    assert hijri_months_later(day, 2, shift) == hijri_months_later(there, 2) + back
    assert is_hijri_month_end(day, shift) == is_hijri_month_end(there)
    assert after_the_feast(day, (), shift) == after_the_feast(there, ()) + back
    assert next_payday(payday, day, (), shift) == next_payday(payday, there, ()) + back
    assert season_of(day, shift) == season_of(there)
    shifted = [one + back for one in due_days(there, Every.HIJRI_MONTH, 4)]
    assert list(due_days(day, Every.HIJRI_MONTH, 4, shift)) == shifted


def test_the_feast_begins_when_the_shop_says_so():
    eve = date(2026, 3, 19)
    assert [season_of(eve, shift) for shift in (-1, 0, 1)] == [
        Season.RAMADAN,
        Season.RAMADAN,
        Season.FITR,
    ]
