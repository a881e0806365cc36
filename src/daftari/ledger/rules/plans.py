"""Instalment plans: the split of a price, and the due dates of the instalments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftari.kernel.calendar import (
    hijri_day,
    hijri_months_later,
    is_hijri_month_end,
    month_end,
    months_later,
)
from daftari.kernel.money import Currency
from daftari.kernel.refusal import Reason, Refusal

FEWEST = 2
MOST = 120
_SMALLEST_NOTE = {"IQD": 250, "SYP": 1000, "LBP": 1000}


class Every(StrEnum):
    WEEK = "week"
    MONTH = "month"
    HIJRI_MONTH = "hijri_month"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment. `number` counts from 1; `note` is the note of its entry."""

    number: int
    due_on: date
    amount_minor: int
    note: str = ""


def split_evenly(total_minor: int, count: int, currency: Currency) -> tuple[int, ...]:
    """Equal parts of a total, in amounts that can be paid in cash; the last takes the remainder.

    A part is a multiple of the currency's coarsest step that leaves no last part above twice the
    others: 1,000.00 in 3 is 333.00, 333.00, 334.00.

    Raises Refusal: count_not_right (`fewest`, `most`), instalments_too_small.
    """
    if not FEWEST <= count <= MOST:
        raise Refusal(count=Reason("count_not_right", {"fewest": FEWEST, "most": MOST}))
    each = 0
    for step in cash_steps(currency):
        each = total_minor // count // step * step
        if total_minor - each * (count - 1) <= 2 * each:
            break
    if not each:
        raise Refusal(count="instalments_too_small")
    return (*(each,) * (count - 1), total_minor - each * (count - 1))


def cash_steps(currency: Currency) -> tuple[int, ...]:
    """Steps in minor units that notes and coins allow, from the coarsest: the unit, its quarter,
    the minor unit; only one step where inflation left no smaller note.
    """
    if currency.code in _SMALLEST_NOTE:
        return (_SMALLEST_NOTE[currency.code],)
    unit = 10**currency.decimals
    return (unit, unit // 4, 1) if currency.decimals else (unit,)


def split_by(total_minor: int, each_minor: int) -> tuple[int, ...]:
    """Parts of a fixed amount; the last part is the remainder.

    Raises Refusal: each_not_right (`fewest`, `most`).
    """
    whole, rest = divmod(total_minor, each_minor)
    count = whole + bool(rest)
    if not FEWEST <= count <= MOST:
        raise Refusal(each=Reason("each_not_right", {"fewest": FEWEST, "most": MOST}))
    return (*(each_minor,) * whole, *(rest,) * bool(rest))


def due_days(first_on: date, every: Every, count: int, shift: int = 0) -> tuple[date, ...]:
    """Due dates from the first day on; in a month that is too short, its last day.

    Monthly from the last day of a month, every date is the last day of its month: 28 February, 31
    March. `shift`: of the shop's Hijri date, as in `kernel.calendar`. Raises
    Refusal(first_on='date_not_a_date') beyond the Hijri tables.
    """
    return tuple(_days(first_on, every, count, shift))


def _days(first_on: date, every: Every, count: int, shift: int) -> Iterator[date]:
    for number in range(count):
        match every:
            case Every.WEEK:
                day: date | None = first_on + timedelta(weeks=number)
            case Every.MONTH:
                day = _months_later(first_on, number)
            case Every.HIJRI_MONTH:
                day = _hijri_months_later(first_on, number, shift)
        if day is None:
            raise Refusal(first_on="date_not_a_date")
        yield day


def _months_later(day: date, months: int) -> date:
    later = months_later(day, months)
    return month_end(later) if day == month_end(day) else later


def _hijri_months_later(day: date, months: int, shift: int) -> date | None:
    if is_hijri_month_end(day, shift):
        return hijri_day(day, 30, months, shift)
    return hijri_months_later(day, months, shift)
