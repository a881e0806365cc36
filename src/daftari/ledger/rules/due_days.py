"""Due dates of debts, and named days to choose from without a calendar."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from daftari.identity.rules import Shop
from daftari.kernel.calendar import after_the_feast, hijri_day, month_end
from daftari.kernel.paydays import Payday, next_payday


@dataclass(frozen=True, slots=True)
class DayChoice:
    """A day with a name: payday, week, month_end, hijri_first, after_feast, tomorrow, weekday."""

    name: str
    day: date


def usual_due_day(
    payday: str | None, days: int | None, shop: Shop, occurred_on: date
) -> date | None:
    """The default due date: the customer's next payday, else his own days, else the shop's.

    None when none of them is set, or when the Hijri tables do not cover the payday.
    """
    if payday is not None:
        return payday_after(payday, shop, occurred_on)
    after = shop.due_days if days is None else days
    return None if after is None else occurred_on + timedelta(days=after)


def due_choices(payday: str | None, shop: Shop, today: date) -> tuple[DayChoice, ...]:
    """Named days for a debt: payday, in a week, the month's end, the next Hijri month, after the
    feast.

    Each day once, all of them after today.
    """
    end = month_end(today)
    named = (
        ("payday", payday_after(payday, shop, today)),
        ("week", today + timedelta(days=7)),
        ("month_end", end if end > today else month_end(today + timedelta(days=1))),
        ("hijri_first", hijri_day(today, 1, 1, shop.hijri_shift)),
        ("after_feast", after_the_feast(today, shop.weekend, shop.hijri_shift)),
    )
    return tuple(_each_once(named))


def promise_choices(payday: str | None, shop: Shop, today: date) -> tuple[DayChoice, ...]:
    """Named days for a promise: tomorrow, the coming weekdays by name, payday."""
    coming = [("weekday", today + timedelta(days=days)) for days in range(2, 7)]
    named = (
        ("tomorrow", today + timedelta(days=1)),
        *coming,
        ("payday", payday_after(payday, shop, today)),
    )
    return tuple(_each_once(named))


def payday_after(payday: str | None, shop: Shop, day: date) -> date | None:
    """The first payday after the day; None without a payday, or beyond the Hijri tables."""
    if payday is None:
        return None
    return next_payday(Payday.parse(payday), day, shop.weekend, shop.hijri_shift)


def _each_once(named: Iterable[tuple[str, date | None]]) -> Iterator[DayChoice]:
    seen: set[date] = set()
    for name, day in named:
        if day is not None and day not in seen:
            seen.add(day)
            yield DayChoice(name, day)
