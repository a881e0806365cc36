"""Reminders rest at night, by the shop's clock, whatever the shop has chosen."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.refusal import Refusal
from daftari.reminders.rules.quiet_hours import is_quiet, next_open
from daftari.reminders.rules.seasons import Season, season_of
from daftari.reminders.rules.settings import (
    EARLIEST_HOUR,
    LATEST_HOUR,
    MessagingSettings,
    refuse_hours,
)

ZONES = ("Asia/Riyadh", "Africa/Cairo", "Asia/Beirut", "Africa/Casablanca")
MOMENTS = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC), allow_imaginary=False
)


@pytest.mark.parametrize(
    ("hour", "quiet"), [(0, True), (9, True), (10, False), (20, False), (21, True), (23, True)]
)
def test_the_night_is_quiet(hour, quiet):
    at = datetime(2026, 11, 23, hour, 30, tzinfo=ZoneInfo("Asia/Riyadh"))
    assert is_quiet(at, "Asia/Riyadh", MessagingSettings()) is quiet


@given(
    MOMENTS,
    st.sampled_from(ZONES),
    st.integers(-100, 100),
    st.integers(-100, 100),
)
def test_no_choice_opens_the_night(at, zone, quiet_from, quiet_until):
    settings = MessagingSettings(quiet_from=quiet_from, quiet_until=quiet_until)
    hour = at.astimezone(ZoneInfo(zone)).hour
    if not is_quiet(at, zone, settings):
        assert EARLIEST_HOUR <= hour < LATEST_HOUR


@given(MOMENTS, st.sampled_from(ZONES), st.integers(8, 20))
def test_the_next_open_moment_is_open_and_not_far(at, zone, until):
    settings = MessagingSettings(quiet_until=until)
    there = next_open(at, zone, settings)
    assert not is_quiet(there, zone, settings)
    assert timedelta(0) <= there - at <= timedelta(hours=25)
    assert (there == at) is not is_quiet(at, zone, settings)


@pytest.mark.parametrize("zone", ["Africa/Cairo", "Asia/Beirut"])
def test_the_night_of_a_clock_change_ends_at_the_shops_own_hour(zone):
    """Cairo springs forward on 24 April 2026, Beirut on 29 March, each at midnight."""
    day = 24 if zone == "Africa/Cairo" else 28
    month = 4 if zone == "Africa/Cairo" else 3
    at = datetime(2026, month, day, 20, 59, tzinfo=ZoneInfo(zone)) + timedelta(minutes=2)
    there = next_open(at, zone, MessagingSettings()).astimezone(ZoneInfo(zone))
    assert (there.hour, there.minute) == (10, 0)


@pytest.mark.parametrize(("quiet_from", "quiet_until"), [(22, 9), (21, 7), (10, 10), (9, 12)])
def test_hours_outside_the_bounds_are_refused(quiet_from, quiet_until):
    with pytest.raises(Refusal):
        refuse_hours(quiet_from, quiet_until)


@pytest.mark.parametrize(
    ("day", "season"),
    [
        ("2026-02-18", Season.RAMADAN),
        ("2026-03-19", Season.RAMADAN),
        ("2026-03-20", Season.FITR),
        ("2026-03-22", Season.FITR),
        ("2026-03-23", None),
        ("2026-05-27", Season.ADHA),
        ("2026-05-30", Season.ADHA),
        ("2026-05-31", None),
        ("2026-11-23", None),
    ],
)
def test_the_seasons_follow_umm_al_qura(day, season):
    assert season_of(datetime.fromisoformat(day).date()) is season
