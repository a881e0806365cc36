"""Paydays of customers: rules from which the due date of a debt is computed."""

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
"""The allowed numbers of each kind; the last working day has none."""


@dataclass(frozen=True, slots=True)
class Payday:
    """A payday rule; as text `day:27`, `hijri:1`, `weekday:3` or `last_working`.

    `number`: the day of the month, or of the week (Monday is 0).
    """

    kind: PaydayKind
    number: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse the text form of a payday. Raises ValueError for any other text."""
        name, _, digits = text.partition(":")
        payday = cls(PaydayKind(name), int(digits) if digits else 0)
        if payday.number not in NUMBERS[payday.kind] or str(payday) != text:
            raise ValueError(text)
        return payday

    @property
    def in_some_week(self) -> date:
        """A date on this day of the week, to format the day's name."""
        return date(2026, 1, 5) + timedelta(days=self.number)

    def __str__(self) -> str:
        if self.kind is PaydayKind.LAST_WORKING:
            return str(self.kind)
        return f"{self.kind}:{self.number}"


def next_payday(payday: Payday, after: date, weekend: Weekend, shift: int = 0) -> date | None:
    """The first payday after a day; None outside the tables of the Hijri calendar.

    `shift`: of the shop's Hijri date, as in `kernel.calendar`.

    A day of the month on a weekend moves to a working day (`working_day_near`); a shorter month
    pays on its last day. A day of the week never moves.
    """
    return next((day for day in _paydays(payday, after, weekend, shift) if day > after), None)


def _paydays(payday: Payday, after: date, weekend: Weekend, shift: int) -> Iterator[date]:
    """The paydays from the previous month on, because its payday may move into this month."""
    if payday.kind is PaydayKind.WEEKDAY:
        ahead = (payday.number - after.weekday()) % 7
        yield after + timedelta(days=ahead or 7)
        return
    of_month = _OF_MONTH[payday.kind]
    for months in range(-1, 3):
        day = of_month(payday.number, after, months, weekend, shift)
        if day is None:
            return
        yield day


def _day_of_month(number: int, day: date, months: int, weekend: Weekend, _: int) -> date | None:
    last = month_end(months_later(day, months))
    return working_day_near(last.replace(day=min(number, last.day)), weekend)


def _hijri_day(number: int, day: date, months: int, weekend: Weekend, shift: int) -> date | None:
    found = hijri_day(day, number, months, shift)
    return found and working_day_near(found, weekend)


def _last_working_day(_: int, day: date, months: int, weekend: Weekend, __: int) -> date | None:
    last = month_end(months_later(day, months))
    days = (last - timedelta(days=back) for back in range(7))
    return next((one for one in days if one.weekday() not in weekend), last)


_OF_MONTH: dict[PaydayKind, Callable[[int, date, int, Weekend, int], date | None]] = {
    PaydayKind.DAY: _day_of_month,
    PaydayKind.HIJRI: _hijri_day,
    PaydayKind.LAST_WORKING: _last_working_day,
}


_FROM_SATURDAY = (5, 6, 0, 1, 2, 3, 4)
PAYDAYS = {
    str(kind): tuple(Payday(kind, number) for number in numbers)
    for kind, numbers in {**NUMBERS, PaydayKind.WEEKDAY: _FROM_SATURDAY}.items()
}
"""The paydays of a select list, by kind."""
