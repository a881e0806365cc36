"""The form of a period, kept as typed, and read into a `Period`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from daftari.kernel.forms import Readings, TextForm, read_choice, read_day
from daftari.reports.rules.period import Period, QuickPeriod, period_of
from daftari.reports.rules.report_period import ReportPeriod, report_period


@dataclass(frozen=True, slots=True)
class PeriodForm(TextForm):
    """The first and the last day as typed, or the name of a period."""

    period: str = ""
    from_: str = ""
    to: str = ""

    @classmethod
    def of(cls, period: Period) -> "PeriodForm":
        """The form with the days of a period."""
        since = period.since.isoformat() if period.since else ""
        return cls(from_=since, to=period.until.isoformat())

    @property
    def query(self) -> str:
        """The days as the query of an address, with its question mark."""
        typed = {"from": self.from_, "to": self.to}
        return "?" + urlencode({name: value for name, value in typed.items() if value})

    def quick(self) -> QuickPeriod | None:
        """The period that is named. Raises Refusal(choice='choice_unknown')."""
        if not self.period:
            return None
        return QuickPeriod(read_choice(self.period, tuple(QuickPeriod), "choice_unknown"))

    def read(self, today: date) -> Period:
        """The period of the typed days. Raises Refusal: date_not_a_date (from, to),
        to_before_from (to), period_in_future (from).
        """
        readings = Readings()
        since = readings.read("from", lambda: read_day(self.from_), None)
        until = readings.read("to", lambda: read_day(self.to), None)
        readings.settle()
        return period_of(since, until, today)


def read_report_period(form: PeriodForm, today: date, weekend: Sequence[int]) -> Period:
    """The period of a report: the typed days, one by its name, or today. Raises Refusal: as
    `PeriodForm.read`, and choice_unknown (choice).
    """
    if form.from_ or form.to:
        return form.read(today)
    name = read_choice(form.period or "today", tuple(ReportPeriod), "choice_unknown")
    return report_period(ReportPeriod(name), today, weekend)
