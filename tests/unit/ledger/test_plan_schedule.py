"""The schedule of a plan: how a price is split, and on which days the instalments are due."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daftari.kernel.ids import new_id
from daftari.kernel.money import CURRENCIES
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms import PlanForm
from daftari.ledger.rules.plans import Every, cash_steps, due_days, split_by, split_evenly
from tests.book import NOW, SHOP

TODAY = NOW.date()
FIRST = "2026-12-01"


def says(number, count):
    return f"{number}/{count}"


def plan(customer, **typed):
    form = {"id": new_id(), "amount": "1000", "first_on": FIRST, "count": "3", **typed}
    return PlanForm(**form).command(SHOP, customer, TODAY, says)


def amounts(**typed):
    return [one.amount_minor for one in plan("x", **typed).instalments]


def refused(**typed):
    with pytest.raises(Refusal) as refusal:
        plan("x", **typed)
    return {field: reason.name for field, reason in refusal.value.reasons.items()}


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ({"count": "3"}, [33300, 33300, 33400]),
        ({"count": "٤"}, [25000] * 4),
        ({"count": "", "each": "300"}, [30000, 30000, 30000, 10000]),
        ({"count": "", "each": "500"}, [50000, 50000]),
        ({"paid_down": "100"}, [30000] * 3),
        ({"paid_down": "0"}, [33300, 33300, 33400]),
        ({"paid_down": "٠٫٠٠"}, [33300, 33300, 33400]),
        ({"paid_down": "99.99", "count": "2"}, [45000, 45001]),
        ({"amount": "0.02", "count": "2"}, [1, 1]),
        ({"amount": "1000", "currency": "KWD"}, [333000, 333000, 334000]),
        ({"amount": "25", "currency": "KWD", "count": "10"}, [2500] * 10),
        ({"amount": "40", "currency": "JOD", "count": "12"}, [3250] * 11 + [4250]),
        ({"amount": "100000", "currency": "IQD"}, [33250, 33250, 33500]),
        ({"amount": "100100", "currency": "IQD"}, [33250, 33250, 33600]),
        ({"amount": "1000000", "currency": "SYP"}, [333000, 333000, 334000]),
        ({"amount": "1000000", "currency": "LBP", "count": "7"}, [142000] * 6 + [148000]),
        ({"amount": "1000", "currency": "YER"}, [333, 333, 334]),
    ],
)
def test_the_price_is_shared_out_and_the_rest_comes_last(typed, parts):
    assert amounts(**typed) == parts


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({"count": ""}, {"count": "count_or_each"}),
        ({"each": "10"}, {"count": "count_or_each"}),
        ({"count": "1"}, {"count": "count_not_right"}),
        ({"count": "121"}, {"count": "count_not_right"}),
        ({"count": "3.5"}, {"count": "count_not_right"}),
        ({"count": "²"}, {"count": "count_not_right"}),
        ({"count": "", "each": "1000"}, {"each": "each_not_right"}),
        ({"count": "", "each": "8"}, {"each": "each_not_right"}),
        ({"count": "", "each": "0"}, {"each": "amount_zero"}),
        ({"amount": "0.05", "count": "6"}, {"count": "instalments_too_small"}),
        ({"amount": "600", "currency": "IQD"}, {"count": "instalments_too_small"}),
        ({"paid_down": "1000"}, {"paid_down": "paid_down_too_much"}),
        ({"paid_down": "1001"}, {"paid_down": "paid_down_too_much"}),
        ({"first_on": ""}, {"first_on": "date_missing"}),
        ({"first_on": "2026-11-22"}, {"first_on": "date_in_past"}),
        ({"first_on": "2026-02-30"}, {"first_on": "date_not_a_date"}),
        ({"first_on": "2099-12-01"}, {"first_on": "date_not_a_date"}),
        ({"every": "year"}, {"every": "choice_unknown"}),
        ({"every": "hijri_month", "first_on": "2077-10-01"}, {"first_on": "date_not_a_date"}),
        ({"amount": ""}, {"amount": "amount_missing"}),
        ({"currency": "XXX"}, {"currency": "currency_unknown"}),
        ({"id": "1"}, {"form": "id_not_an_id"}),
        ({"note": "ن" * 201}, {"note": "words_too_long"}),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_name(typed, reasons):
    assert refused(**typed) == reasons


@pytest.mark.parametrize(
    ("first", "every", "days"),
    [
        ("2026-11-29", Every.MONTH, ["2026-11-29", "2026-12-29", "2027-01-29", "2027-02-28"]),
        ("2026-11-30", Every.MONTH, ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        ("2027-01-30", Every.MONTH, ["2027-01-30", "2027-02-28", "2027-03-30", "2027-04-30"]),
        ("2027-02-28", Every.MONTH, ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
        ("2028-02-28", Every.MONTH, ["2028-02-28", "2028-03-28", "2028-04-28", "2028-05-28"]),
        ("2027-12-31", Every.MONTH, ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        ("2026-12-25", Every.WEEK, ["2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"]),
        # 30 Rajab; Shaban has 30 days, Ramadan 29, Shawwal 30
        ("2027-01-08", Every.HIJRI_MONTH, ["2027-01-08", "2027-02-07", "2027-03-08", "2027-04-07"]),
        # 29 Ramadan, its last day, and 29 Rajab, which is not
        ("2027-03-08", Every.HIJRI_MONTH, ["2027-03-08", "2027-04-07", "2027-05-06", "2027-06-05"]),
        ("2027-01-07", Every.HIJRI_MONTH, ["2027-01-07", "2027-02-06", "2027-03-08", "2027-04-06"]),
    ],
)
def test_the_days_of_the_instalments(first, every, days):
    assert [str(day) for day in due_days(date.fromisoformat(first), every, 4)] == days


@given(st.integers(1, 9 * 10**12), st.integers(2, 120), st.sampled_from(sorted(CURRENCIES)))
def test_nothing_is_lost_in_sharing_out(total, count, code):
    currency = CURRENCIES[code]
    steps = cash_steps(currency)
    assume(total >= count * steps[-1])
    parts = split_evenly(total, count, currency)
    each, last = parts[0], parts[-1]
    assert (sum(parts), len(parts), set(parts[:-1])) == (total, count, {each})
    step = next(step for step in steps if each % step == 0)
    assert 0 < each <= last < each + count * step
    finest = total // count // steps[-1] * steps[-1]
    assert last <= 2 * each or each == finest


@given(st.integers(2, 10**9), st.integers(1, 10**9))
def test_nothing_is_lost_in_parts_of_a_size(total, each):
    if not 2 <= -(-total // each) <= 120:
        return
    parts = split_by(total, each)
    assert sum(parts) == total
    assert set(parts[:-1]) == {each}
    assert 0 < parts[-1] <= each


def test_what_was_shown_is_marked_by_its_days_and_amounts():
    shown = plan("x", id=new_id())
    assert shown.schedule == plan("x", note="غسالة").schedule
    assert shown.schedule != plan("x", count="4").schedule
    assert shown.schedule != plan("x", first_on="2026-12-02").schedule
    assert shown.schedule != plan("x", currency="USD").schedule
