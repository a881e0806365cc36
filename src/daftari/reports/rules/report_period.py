"""The periods that the reports offer by name."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from daftari.reports.rules.period import Period


class ReportPeriod(StrEnum):
    """A period that the reports offer by name."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"


def report_period(name: ReportPeriod, today: date, weekend: Sequence[int]) -> Period:
    """The days of a named period, until today where it is not over. A week begins after the
    weekend.
    """
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        ReportPeriod.TODAY: Period(today, today),
        ReportPeriod.WEEK: Period(first_of_week(today, weekend), today),
        ReportPeriod.MONTH: Period(first, today),
        ReportPeriod.LAST_MONTH: Period(before.replace(day=1), before),
        ReportPeriod.YEAR: Period(today.replace(month=1, day=1), today),
    }[name]


def first_of_week(day: date, weekend: Sequence[int]) -> date:
    """The first day of the week of a day: the one after the weekend's last."""
    begins = (weekend[-1] + 1) % 7 if weekend else 0
    return day - timedelta(days=(day.weekday() - begins) % 7)
