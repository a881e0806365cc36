"""Moments and days: UTC inside, the shop outside, Hijri beside."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.calendar import days_late, hijri_text, weekday_name
from daftari.kernel.clock import Clock, as_text, civil_date, from_text

RIYADH = timezone(timedelta(hours=3))
MONDAY = date(2026, 11, 23)


def test_the_clock_knows_its_zone():
    assert Clock().now().utcoffset() == timedelta(0)


def test_a_moment_is_written_in_utc_to_the_millisecond():
    at = datetime(2026, 11, 23, 12, 0, 0, 999_999, tzinfo=RIYADH)
    assert as_text(at) == "2026-11-23T09:00:00.999Z"


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_written_moments_sort_like_moments(one, other):
    assert (as_text(one) <= as_text(other)) or one > other
    assert abs(from_text(as_text(one)) - one) < timedelta(milliseconds=1)


@pytest.mark.parametrize("text", ["2026-11-23T09:00:00.000Z", "2026-11-23T12:00:00+03:00"])
def test_a_moment_is_read_with_its_offset(text):
    assert from_text(text) == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "2026-11-23", "2026-11-23T09:00:00"])
def test_a_moment_without_an_offset_is_none(text):
    with pytest.raises(ValueError, match=r".+"):
        from_text(text)


def test_a_moment_without_a_zone_is_not_written():
    with pytest.raises(ValueError, match="time zone"):
        as_text(datetime(2026, 11, 23))


def test_the_shops_day_begins_at_its_own_midnight():
    late_evening = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
    assert civil_date(late_evening, "Asia/Riyadh") == MONDAY
    assert civil_date(late_evening, "Africa/Casablanca") == date(2026, 11, 22)


def test_a_day_has_its_hijri_name():
    assert hijri_text(MONDAY, "ar", "latn") == "13 جمادى الآخرة"
    assert hijri_text(MONDAY, "ar", "arab") == "١٣ جمادى الآخرة"
    assert hijri_text(MONDAY, "en", "latn") == "13 Jumada al-Akhirah"
    assert hijri_text(date(2026, 2, 18), "ar", "latn") == "1 رمضان"


@pytest.mark.parametrize("day", [date.min, date(1924, 7, 31), date(2077, 11, 17), date.max])
def test_a_day_no_table_knows_has_no_hijri_name(day):
    assert hijri_text(day, "ar", "latn") == ""


def test_the_days_of_the_week_begin_with_monday():
    assert weekday_name(MONDAY, "ar") == "الاثنين"
    assert weekday_name(date(2026, 11, 27), "ar") == "الجمعة"
    assert weekday_name(date(2026, 11, 29), "en") == "Sunday"


@pytest.mark.parametrize(("due_on", "days"), [(22, 1), (23, 0), (24, 0), (1, 22)])
def test_a_debt_is_late_from_the_day_after(due_on, days):
    assert days_late(date(2026, 11, due_on), MONDAY) == days
