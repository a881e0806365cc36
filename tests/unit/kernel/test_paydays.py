"""Paydays: when the next one comes, and off which weekend it is moved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.calendar import hijri_text
from daftari.kernel.paydays import NUMBERS, Payday, PaydayKind, next_payday

FRIDAY_SATURDAY, SUNDAY, THURSDAY_FRIDAY, FRIDAY, NONE = (4, 5), (6,), (3, 4), (4,), ()
SATURDAY_SUNDAY = (5, 6)


def paid(text, after, weekend=FRIDAY_SATURDAY):
    return str(next_payday(Payday.parse(text), date.fromisoformat(after), weekend))


@pytest.mark.parametrize(
    ("payday", "after", "weekend", "day"),
    [
        # 27 November 2026 is a Friday, 27 February 2027 a Saturday, 27 December 2026 a Sunday
        ("day:27", "2026-11-01", FRIDAY_SATURDAY, "2026-11-26"),
        ("day:27", "2026-11-25", FRIDAY_SATURDAY, "2026-11-26"),
        ("day:27", "2026-11-26", FRIDAY_SATURDAY, "2026-12-27"),
        ("day:27", "2026-11-27", FRIDAY_SATURDAY, "2026-12-27"),
        ("day:27", "2027-02-01", FRIDAY_SATURDAY, "2027-02-28"),
        ("day:27", "2027-02-27", FRIDAY_SATURDAY, "2027-02-28"),
        ("day:27", "2026-12-01", SUNDAY, "2026-12-26"),
        ("day:27", "2026-12-01", SATURDAY_SUNDAY, "2026-12-28"),
        ("day:27", "2026-11-01", THURSDAY_FRIDAY, "2026-11-28"),
        ("day:26", "2026-11-01", THURSDAY_FRIDAY, "2026-11-25"),
        ("day:27", "2026-11-01", FRIDAY, "2026-11-26"),
        ("day:27", "2026-11-01", NONE, "2026-11-27"),
        # the first of a month may be moved into the month before, and the last into the next
        ("day:1", "2027-01-15", SUNDAY, "2027-02-01"),
        ("day:1", "2026-12-15", FRIDAY_SATURDAY, "2026-12-31"),
        ("day:1", "2026-12-31", FRIDAY_SATURDAY, "2027-02-01"),
        ("day:31", "2027-07-01", FRIDAY_SATURDAY, "2027-08-01"),
        ("day:31", "2027-07-31", FRIDAY_SATURDAY, "2027-08-01"),
        # months too short
        ("day:31", "2027-02-01", NONE, "2027-02-28"),
        ("day:29", "2027-02-01", NONE, "2027-02-28"),
        ("day:29", "2028-02-01", NONE, "2028-02-29"),
        ("day:30", "2028-02-29", NONE, "2028-03-30"),
        ("day:31", "2026-04-01", NONE, "2026-04-30"),
        ("day:29", "2100-02-01", NONE, "2100-02-28"),
        ("day:29", "2096-02-01", NONE, "2096-02-29"),
        ("day:31", "2026-12-31", NONE, "2027-01-31"),
        # last working day
        ("last_working", "2026-11-01", FRIDAY_SATURDAY, "2026-11-30"),
        ("last_working", "2026-11-30", FRIDAY_SATURDAY, "2026-12-31"),
        ("last_working", "2026-10-01", FRIDAY_SATURDAY, "2026-10-29"),
        ("last_working", "2026-10-29", FRIDAY_SATURDAY, "2026-11-30"),
        ("last_working", "2026-10-01", SATURDAY_SUNDAY, "2026-10-30"),
        ("last_working", "2026-10-01", SUNDAY, "2026-10-31"),
        ("last_working", "2027-02-01", SUNDAY, "2027-02-27"),
        ("last_working", "2028-02-01", NONE, "2028-02-29"),
        # a day of the week is what it is, whatever the weekend
        ("weekday:3", "2026-11-25", FRIDAY_SATURDAY, "2026-11-26"),
        ("weekday:3", "2026-11-26", FRIDAY_SATURDAY, "2026-12-03"),
        ("weekday:4", "2026-11-26", FRIDAY_SATURDAY, "2026-11-27"),
        ("weekday:0", "2026-12-31", FRIDAY_SATURDAY, "2027-01-04"),
        # 1 Rajab 1448 is 10 December 2026, a Thursday; Jumada II 1448 has 29 days
        ("hijri:1", "2026-11-23", FRIDAY_SATURDAY, "2026-12-10"),
        ("hijri:1", "2026-11-23", THURSDAY_FRIDAY, "2026-12-09"),
        ("hijri:30", "2026-11-23", NONE, "2026-12-09"),
        ("hijri:29", "2026-11-23", NONE, "2026-12-09"),
        ("hijri:30", "2026-12-09", NONE, "2027-01-08"),
    ],
)
def test_the_next_payday(payday, after, weekend, day):
    assert paid(payday, after, weekend) == day


def test_outside_the_hijri_tables_there_is_no_payday():
    assert next_payday(Payday.parse("hijri:1"), date(2078, 1, 1), NONE) is None
    assert next_payday(Payday.parse("hijri:1"), date(1920, 1, 1), NONE) is None
    assert next_payday(Payday.parse("day:1"), date(2078, 1, 1), NONE) == date(2078, 2, 1)


paydays = st.sampled_from(list(PaydayKind)).flatmap(
    lambda kind: st.builds(Payday, st.just(kind), st.sampled_from(NUMBERS[kind]))
)
weekends = st.sets(st.integers(0, 6), max_size=3)


@given(paydays, st.dates(date(1990, 1, 1), date(2070, 1, 1)), weekends)
def test_a_payday_comes_within_five_weeks_and_on_a_working_day(payday, after, weekend):
    day = next_payday(payday, after, weekend)
    assert day is not None
    assert after < day <= after + timedelta(days=38)
    if payday.kind is not PaydayKind.WEEKDAY:
        assert day.weekday() not in weekend
    else:
        assert day.weekday() == payday.number


@given(st.integers(1, 30), st.dates(date(1990, 1, 1), date(2070, 1, 1)))
def test_a_hijri_payday_is_that_day_or_the_last_of_a_short_month(number, after):
    day = next_payday(Payday(PaydayKind.HIJRI, number), after, NONE)
    told = int(hijri_text(day, "en", "latn").split()[0])
    assert told == number or (number, told) == (30, 29)


@given(paydays)
def test_a_payday_is_told_in_text_and_read_again(payday):
    assert Payday.parse(str(payday)) == payday


@pytest.mark.parametrize(
    "text",
    ["", "day", "day:", "day:0", "day:32", "day:-1", "day:٢٧", "day:027", "day: 27", "hijri:31"]
    + ["weekday:7", "weekday", "last_working:0", "last_working:1", "month:1", "day:27:1", "DAY:1"],
)
def test_what_is_no_payday_is_not_read(text):
    with pytest.raises(ValueError):  # noqa: PT011
        Payday.parse(text)
