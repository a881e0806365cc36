"""Months of both calendars, and the days after a feast."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.calendar import (
    after_the_feast,
    hijri_day,
    hijri_months_later,
    hijri_text,
    month_end,
    months_later,
    working_day_from,
    working_day_near,
)

FRIDAY_SATURDAY = (4, 5)
DAYS = st.dates(date(1990, 1, 1), date(2070, 1, 1))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "then"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-01-31", 2, "2027-03-31"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-11-30", 13, "2027-12-30"),
        ("2027-03-31", -1, "2027-02-28"),
        ("2027-01-15", -1, "2026-12-15"),
        ("2026-11-23", 0, "2026-11-23"),
        ("2096-02-29", 48, "2100-02-28"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start, months, then):
    assert months_later(day(start), months) == day(then)


@pytest.mark.parametrize(
    ("start", "end"), [("2028-02-01", 29), ("2100-02-01", 28), ("2026-12-31", 31)]
)
def test_the_end_of_a_month(start, end):
    assert month_end(day(start)).day == end


@pytest.mark.parametrize(
    ("start", "months", "then"),
    [
        ("2026-11-23", 1, "13 رجب"),
        ("2026-11-23", 7, "13 محرم"),
        ("2027-01-08", 1, "30 شعبان"),
        ("2027-01-08", 2, "29 رمضان"),  # from 30 Rajab into a month of 29 days
        ("2027-01-08", 11, "29 جمادى الآخرة"),
    ],
)
def test_a_hijri_month_later(start, months, then):
    assert hijri_text(hijri_months_later(day(start), months), "ar", "latn") == then


@given(DAYS, st.integers(0, 24))
def test_hijri_months_are_29_or_30_days(start, months):
    firsts = [hijri_day(start, 1, months + n) for n in (0, 1)]
    assert (firsts[1] - firsts[0]).days in (29, 30)
    assert hijri_day(start, 30, months) == firsts[1] - timedelta(days=1)


@given(DAYS)
def test_a_day_of_both_calendars_is_one_day(start):
    assert hijri_months_later(start, 0) == start
    assert months_later(start, 0) == start


def test_outside_the_tables_there_are_no_hijri_months():
    for start in (date(1920, 1, 1), date(2078, 1, 1), date.max):
        assert hijri_day(start, 1) is None
        assert hijri_months_later(start, 1) is None
        assert after_the_feast(start, FRIDAY_SATURDAY) is None
    assert hijri_months_later(date(2077, 11, 1), 12) is None


@pytest.mark.parametrize(
    ("start", "near", "following"),
    [
        ("2026-11-26", "2026-11-26", "2026-11-26"),
        ("2026-11-27", "2026-11-26", "2026-11-29"),
        ("2026-11-28", "2026-11-29", "2026-11-29"),
    ],
)
def test_off_the_weekend(start, near, following):
    assert working_day_near(day(start), FRIDAY_SATURDAY) == day(near)
    assert working_day_from(day(start), FRIDAY_SATURDAY) == day(following)


@pytest.mark.parametrize(
    ("start", "back"),
    [
        # 1 Shawwal 1448 is 9 March 2027, a Tuesday: the 4th is a Friday
        ("2026-11-23", "2027-03-14"),
        ("2027-03-08", "2027-03-14"),
        ("2027-03-10", "2027-03-14"),
        ("2027-03-13", "2027-03-14"),
        # 10 Dhu al-Hijjah 1448 is 16 May 2027: the 14th is a Thursday
        ("2027-03-14", "2027-05-20"),
        ("2027-05-16", "2027-05-20"),
        ("2027-05-19", "2027-05-20"),
    ],
)
def test_after_the_feast_the_shops_are_open_again(start, back):
    assert after_the_feast(day(start), FRIDAY_SATURDAY) == day(back)


@given(DAYS, st.sets(st.integers(0, 6), max_size=3))
def test_a_feast_is_never_a_year_away(start, weekend):
    back = after_the_feast(start, weekend)
    assert start < back <= start + timedelta(days=300)
    assert back.weekday() not in weekend
    said = hijri_text(back, "en", "latn")
    assert said.endswith(("Shawwal", "Dhu al-Hijjah"))
