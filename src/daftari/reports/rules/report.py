"""The report of a book: one value, of which page, paper and files are made.

Each currency stands by itself; nothing is summed across them. What was given and taken is that of
customers, after reversals and corrections, on the civil day of the entry.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from daftari.kernel.calendar import months_later
from daftari.ledger.rules.sums import AGES, DaySum, Debtor, DueSum, KindSum, LateSum
from daftari.reports.rules.period import Period
from daftari.reports.rules.report_period import first_of_week

MONTHS: Final = 12
WEEKS: Final = 8
MOST_DEBTORS: Final = 10
_FORGIVEN: Final = ("discount", "write_off")
_TAKEN: Final = (("payment", -1), ("recovery", 0))


class Sum(NamedTuple):
    """How many entries, and what they come to."""

    entries: int = 0
    minor: int = 0

    def plus(self, entries: int, minor: int) -> "Sum":
        return Sum(self.entries + entries, self.minor + minor)


class MonthSum(NamedTuple):
    """What was given and collected in the month that begins on `first`."""

    first: date
    given: int
    taken: int


class AgeBand(NamedTuple):
    """What is late by so many days; `last`: None for the oldest."""

    first: int
    last: int | None
    customers: int
    minor: int


class WeekSum(NamedTuple):
    """What falls due in the week that begins on `first`, from today on."""

    first: date
    minor: int


class PersonSum(NamedTuple):
    """What one person took back or forgave; `kind`: reversal, discount or write_off."""

    person_id: str
    kind: str
    sum: Sum


@dataclass(frozen=True, slots=True)
class CurrencyReport:
    """The report of one currency. `undated_minor`: what is owed without a due day; `later_minor`:
    what falls due after the weeks; `debtors`: None where the reader sees one branch only, since a
    balance is the whole shop's.
    """

    currency: str
    given: Sum
    taken: Sum
    months: tuple[MonthSum, ...]
    late: tuple[AgeBand, ...]
    not_due_minor: int
    undated_minor: int
    weeks: tuple[WeekSum, ...]
    later_minor: int
    debtors: tuple[Debtor, ...] | None
    people: tuple[PersonSum, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a period, and of what is open on the day it is made. `branch`: the name of the
    only branch that the reader sees, '' for all.
    """

    period: Period
    today: date
    branch: str
    currencies: tuple[CurrencyReport, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The sums of the book that a report is made of. `debtors`: None where they are not told."""

    period: tuple[KindSum, ...]
    days: tuple[DaySum, ...]
    late: tuple[LateSum, ...]
    not_due: tuple[DueSum, ...]
    debtors: tuple[Debtor, ...] | None

    @property
    def currencies(self) -> set[str]:
        of = (self.period, self.days, self.late, self.not_due, self.debtors or ())
        return {one.currency for rows in of for one in rows}

    def only(self, code: str) -> "Found":
        """The sums of one currency."""
        return Found(
            period=tuple(one for one in self.period if one.currency == code),
            days=tuple(one for one in self.days if one.currency == code),
            late=tuple(one for one in self.late if one.currency == code),
            not_due=tuple(one for one in self.not_due if one.currency == code),
            debtors=None
            if self.debtors is None
            else tuple(one for one in self.debtors if one.currency == code),
        )


def first_month(today: date) -> date:
    """The first day of the months that are told."""
    return months_later(today.replace(day=1), 1 - MONTHS)


def currency_reports(
    found: Found, own: str, today: date, weekend: Sequence[int]
) -> tuple[CurrencyReport, ...]:
    """A report for each currency, the shop's own first."""
    codes = sorted(found.currencies | {own}, key=lambda code: (code != own, code))
    return tuple(_of_currency(code, found.only(code), today, weekend) for code in codes)


def _of_currency(code: str, found: Found, today: date, weekend: Sequence[int]) -> CurrencyReport:
    weeks, later = _weeks(found.not_due, today, weekend)
    return CurrencyReport(
        currency=code,
        given=_summed(one for one in found.period if _is_given(one)),
        taken=_summed(one for one in found.period if _is_taken(one)),
        months=_months(found.days, today),
        late=_late(found.late),
        not_due_minor=sum(one.minor for one in found.not_due if one.day),
        undated_minor=sum(one.minor for one in found.not_due if not one.day),
        weeks=weeks,
        later_minor=later,
        debtors=found.debtors,
        people=_people(found.period),
    )


def _is_given(one: KindSum | DaySum) -> bool:
    return one.kind == "debt" and one.sign > 0


def _is_taken(one: KindSum | DaySum) -> bool:
    return (one.kind, one.sign) in _TAKEN


def _summed(sums: Iterable[KindSum]) -> Sum:
    result = Sum()
    for one in sums:
        result = result.plus(one.entries, one.minor)
    return result


def _months(days: Iterable[DaySum], today: date) -> tuple[MonthSum, ...]:
    first = first_month(today)
    sums = {months_later(first, at): [0, 0] for at in range(MONTHS)}
    for one in days:
        month = sums[one.day.replace(day=1)]
        month[0] += one.minor if _is_given(one) else 0
        month[1] += one.minor if _is_taken(one) else 0
    return tuple(MonthSum(month, *both) for month, both in sums.items())


def _late(sums: Iterable[LateSum]) -> tuple[AgeBand, ...]:
    by_age = {one.age: one for one in sums}
    bands = []
    for at, (first, last) in enumerate(zip((0, *AGES), (*AGES, None), strict=True)):
        here = by_age.get(at)
        customers, minor = (here.customers, here.minor) if here else (0, 0)
        bands.append(AgeBand(first + 1, last, customers, minor))
    return tuple(bands)


def _weeks(
    sums: Iterable[DueSum], today: date, weekend: Sequence[int]
) -> tuple[tuple[WeekSum, ...], int]:
    """The weeks from that of today on, and what falls due after them."""
    first = first_of_week(today, weekend)
    weeks, later = [0] * WEEKS, 0
    for one in sums:
        if one.day is None:
            continue
        week = (one.day - first).days // 7
        if week < WEEKS:
            weeks[week] += one.minor
        else:
            later += one.minor
    begins = (first + timedelta(weeks=at) for at in range(WEEKS))
    return tuple(map(WeekSum, begins, weeks)), later


def _people(sums: Iterable[KindSum]) -> tuple[PersonSum, ...]:
    """By person: reversals first, then what was forgiven; none where nothing stands."""
    found: dict[tuple[str, str], Sum] = {}
    for kind in ("reversal", *_FORGIVEN):
        for one in sums:
            if one.kind == kind and one.entries:
                place = one.recorded_by, kind
                found[place] = found.get(place, Sum()).plus(one.entries, one.minor)
    return tuple(PersonSum(*place, found[place]) for place in sorted(found, key=_by_person))


def _by_person(place: tuple[str, str]) -> tuple[str, int]:
    return place[0], ("reversal", *_FORGIVEN).index(place[1])
