"""Periods of a statement, ages of debts, names of files."""

from datetime import date

import pytest

from daftari.kernel.refusal import Refusal
from daftari.reports.rules.file_names import attachment, file_name
from daftari.reports.rules.period import (
    Period,
    QuickPeriod,
    day_after_zero,
    period_of,
    quick_period,
)
from daftari.reports.rules.statement import AgedDebt, sections_of

TODAY = date(2026, 11, 23)


def day(number: int, month: int = 11) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("name", "period"),
    [
        (QuickPeriod.ALL, Period(None, TODAY)),
        (QuickPeriod.MONTH, Period(day(1), day(30))),
        (QuickPeriod.LAST_MONTH, Period(day(1, 10), day(31, 10))),
        (QuickPeriod.SINCE_ZERO, Period(day(4), TODAY)),
    ],
)
def test_a_named_period_has_its_days(name, period):
    assert quick_period(name, TODAY, day(4)) == period


def test_a_month_is_known_as_one():
    assert Period(day(1), day(30)).is_month
    assert not Period(day(1), day(29)).is_month
    assert not Period(None, day(30)).is_month


def test_days_in_the_wrong_order_and_a_future_are_refused():
    with pytest.raises(Refusal, match="to: to_before_from"):
        period_of(day(5), day(4), TODAY)
    with pytest.raises(Refusal, match="from: period_in_future"):
        period_of(day(24), None, TODAY)
    assert period_of(None, None, TODAY) == Period(None, TODAY)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], None),
        ([(1, 50)], None),
        ([(1, 50), (2, -50)], None),
        ([(1, 50), (2, -50), (4, 7)], 4),
        ([(1, 50), (2, -50), (4, 7), (6, -7), (9, 1)], 9),
        ([(1, 50), (2, -50), (4, 7), (6, -7)], 4),
    ],
)
def test_a_zero_at_the_end_of_all_is_not_the_beginning(changes, found):
    assert day_after_zero([(day(n), change) for n, change in changes]) == (found and day(found))


@pytest.mark.parametrize(
    ("born", "band"), [(day(23), 0), (day(24, 10), 0), (day(23, 10), 1), (day(24, 8), 3)]
)
def test_a_debt_is_as_old_as_its_day(born, band):
    debts = [AgedDebt("SAR", born, 500)]
    (section,) = sections_of([], {"SAR": 500}, debts, TODAY, "SAR", 1)
    assert section.ageing == tuple(500 if at == band else 0 for at in range(4))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("أبو علي", "كشف-أبو-علي-2026-11"),
        ("../../etc/passwd", "كشف-etc-passwd-2026-11"),
        ('a"b\\c:d*e?<f>|', "كشف-a-b-c-d-e-f-2026-11"),
        ("أبو \u202eعلي\u2066", "كشف-أبو-علي-2026-11"),
        ("😀", "كشف-2026-11"),
        ("CON\r\nX: y", "كشف-CON-X-y-2026-11"),
        ("س" * 100, f"كشف-{'س' * 50}-2026-11"),
    ],
)
def test_a_file_name_holds_letters_and_digits_alone(name, safe):
    made = file_name("كشف", name, "2026-11")
    assert made == safe
    header = attachment(made, "statement-2026-11", "pdf")
    assert header.isascii()
    assert header.startswith("attachment; filename=\"statement-2026-11.pdf\"; filename*=UTF-8''%D9")
    assert len(header) < 800
