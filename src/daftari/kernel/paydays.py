"""The day on which somebody gets his pay: what he buys until then falls due on it."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from daftari.kernel.calendar import (
    hijri_day,
    month_end,
    months_later,
    working_day_near,
)

Weekend = Collection[int]


class PaydayKind(StrEnum):
    DAY = "day"
    HIJRI = "hijri"
    LAST_WORKING = "last_working"
    WEEKDAY = "weekday"


NUMBERS = {
    PaydayKind.DAY: range(1, 32),
    PaydayKind.HIJRI: range(1, 31),
    PaydayKind.LAST_WORKING: range(1),
    PaydayKind.WEEKDAY: range(7),
}
"""What the number of each kind may be; the last working day has none."""


@dataclass(frozen=True, slots=True)
class Payday:
    """`number`: the day of the month, or of the week (Monday is 0).

    As text `day:27`, `hijri:1`, `weekday:3`, `last_working`.
    """

    kind: PaydayKind
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for what is no payday."""
        name, _, digits = text.partition(":")
        payday = cls(PaydayKind(name), int(digits) if digits else 0)
        if payday.number not in NUMBERS[payday.kind] or str(payday) != text:
            raise ValueError(text)
        return payday

    @property
    def in_some_week(self) -> date:
        """A day by which the day of the week can be named."""
        return date(2026, 1, 5) + timedelta(days=self.number)

    def __str__(self) -> str:
        if self.kind is PaydayKind.LAST_WORKING:
            return str(self.kind)
        return f"{self.kind}:{self.number}"


def next_payday(payday: Payday, after: date, weekend: Weekend) -> date | None:
    """The first payday later than that day; None where no table knows it.

    A day of the month that falls on the weekend is moved off it (`working_day_near`), a month too
    short for it pays on its last day. A day of the week is what it is.
    """
    return next((day for day in _paydays(payday, after, weekend) if day > after), None)


def _paydays(payday: Payday, after: date, weekend: Weekend) -> Iterator[date]:
    """From the month before on: its day may have been moved into this one."""
    if payday.kind is PaydayKind.WEEKDAY:
        ahead = (payday.number - after.weekday()) % 7
        yield after + timedelta(days=ahead or 7)
        return
    of_month = _OF_MONTH[payday.kind]
    for months in range(-1, 3):
        day = of_month(payday.number, after, months, weekend)
        if day is None:
            return
        yield day


def _day_of_month(number: int, day: date, months: int, weekend: Weekend) -> date | None:
    last = month_end(months_later(day, months))
    return working_day_near(last.replace(day=min(number, last.day)), weekend)


def _hijri_day(number: int, day: date, months: int, weekend: Weekend) -> date | None:
    found = hijri_day(day, number, months)
    return found and working_day_near(found, weekend)


def _last_working_day(_: int, day: date, months: int, weekend: Weekend) -> date | None:
    last = month_end(months_later(day, months))
    days = (last - timedelta(days=back) for back in range(7))
    return next((one for one in days if one.weekday() not in weekend), last)


_OF_MONTH: dict[PaydayKind, Callable[[int, date, int, Weekend], date | None]] = {
    PaydayKind.DAY: _day_of_month,
    PaydayKind.HIJRI: _hijri_day,
    PaydayKind.LAST_WORKING: _last_working_day,
}


_FROM_SATURDAY = (5, 6, 0, 1, 2, 3, 4)
PAYDAYS = {
    str(kind): tuple(Payday(kind, number) for number in numbers)
    for kind, numbers in {**NUMBERS, PaydayKind.WEEKDAY: _FROM_SATURDAY}.items()
}
"""Those to choose from, by kind, in the order of a list."""
