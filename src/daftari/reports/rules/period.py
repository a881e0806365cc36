"""The period of a statement: a range of civil days, and the ranges that are offered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftari.kernel.calendar import month_end
from daftari.kernel.refusal import Refusal


class QuickPeriod(StrEnum):
    """A period that is offered by name."""

    ALL = "all"
    MONTH = "month"
    LAST_MONTH = "last_month"
    SINCE_ZERO = "since_zero"


@dataclass(frozen=True, slots=True)
class Period:
    """The civil days from `since` to `until`, both included; `since`: None for the first entry."""

    since: date | None
    until: date

    @property
    def is_month(self) -> bool:
        """Whether it is one whole month."""
        first = self.since
        return first is not None and first.day == 1 and self.until == month_end(first)


def period_of(since: date | None, until: date | None, today: date) -> Period:
    """The period between two days, until today where no end is given.

    Raises Refusal: to_before_from (to), period_in_future (from).
    """
    if since is not None and since > today:
        raise Refusal(from_="period_in_future")
    if since is not None and until is not None and until < since:
        raise Refusal(to="to_before_from")
    return Period(since, today if until is None else until)


def quick_period(name: QuickPeriod, today: date, since_zero: date | None = None) -> Period:
    """The period of a name. `since_zero`: None where the balance never was zero before."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        QuickPeriod.ALL: Period(None, today),
        QuickPeriod.MONTH: Period(first, month_end(today)),
        QuickPeriod.LAST_MONTH: Period(before.replace(day=1), before),
        QuickPeriod.SINCE_ZERO: Period(since_zero, today),
    }[name]


def day_after_zero(changes: Iterable[tuple[date, int]]) -> date | None:
    """The first day with an entry after the balance was zero at the end of a day.

    `changes`: by how much each day changed the balance, in the order of days. A zero at the end of
    all is not meant: the statement tells how it came to that. None where there is none before.
    """
    balance, was_zero, found = 0, False, None
    for day, change_minor in changes:
        if was_zero:
            found = day
        balance += change_minor
        was_zero = balance == 0
    return found
