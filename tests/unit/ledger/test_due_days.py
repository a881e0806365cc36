"""The days a shopkeeper names: on payday, in a week, at the month's end, after the feast."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.ledger.rules.due_days import due_choices, promise_choices, usual_due_day
from tests.book import SHOP


def named(choices):
    return {choice.name: str(choice.day) for choice in choices}


def test_the_named_days_of_a_debt():
    assert named(due_choices("day:27", SHOP, date(2026, 11, 23))) == {
        "payday": "2026-11-26",
        "week": "2026-11-30",
        "hijri_first": "2026-12-10",
        "after_feast": "2027-03-14",
    }


def test_a_day_with_two_names_is_offered_once():
    names = list(named(due_choices("last_working", SHOP, date(2026, 11, 20))))
    assert names == ["payday", "week", "hijri_first", "after_feast"]


@pytest.mark.parametrize(
    ("today", "end"),
    [
        ("2026-11-24", "2026-11-30"),
        ("2026-11-30", "2026-12-31"),
        ("2026-12-31", "2027-01-31"),
        ("2028-02-28", "2028-02-29"),
        ("2027-02-28", "2027-03-31"),
    ],
)
def test_on_the_last_of_a_month_the_end_of_the_next_is_meant(today, end):
    assert named(due_choices(None, SHOP, date.fromisoformat(today)))["month_end"] == end


def test_the_named_days_of_a_promise():
    assert [
        (choice.name, str(choice.day))
        for choice in promise_choices("day:27", SHOP, date(2026, 11, 23))
    ] == [
        ("tomorrow", "2026-11-24"),
        *(("weekday", f"2026-11-{day}") for day in range(25, 30)),
    ]


def test_without_hijri_tables_the_other_days_remain():
    assert set(named(due_choices("hijri:1", SHOP, date(2078, 1, 10)))) == {"week", "month_end"}


@given(st.dates(date(1990, 1, 1), date(2076, 1, 1)), st.sampled_from(["day:31", "hijri:30", None]))
def test_every_named_day_lies_ahead_and_is_named_once(today, payday):
    for choices in (due_choices(payday, SHOP, today), promise_choices(payday, SHOP, today)):
        days = [choice.day for choice in choices]
        assert len(set(days)) == len(days)
        assert min(days) > today


@pytest.mark.parametrize(
    ("payday", "days", "shops", "due"),
    [
        (None, None, None, None),
        (None, None, 30, "2026-12-23"),
        (None, 7, 30, "2026-11-30"),
        ("weekday:3", 7, 30, "2026-11-26"),
        ("hijri:1", None, None, "2026-12-10"),
    ],
)
def test_the_usual_day(payday, days, shops, due):
    usual = usual_due_day(payday, days, replace(SHOP, due_days=shops), date(2026, 11, 23))
    assert (usual and str(usual)) == due
