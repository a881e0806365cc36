"""Sums of a book that its reports are made of, and the bands of age of what is late."""

from datetime import date
from typing import Final, NamedTuple

AGES: Final = (30, 60, 90)
"""The last day late of each age but the oldest."""


class KindSum(NamedTuple):
    """Entries of one kind that stand. `sign`: of their effect; `recorded_by`: who wrote them."""

    currency: str
    kind: str
    sign: int
    recorded_by: str
    entries: int
    minor: int


class DaySum(NamedTuple):
    """Entries of one kind that stand on a day. `sign`: of their effect."""

    day: date
    currency: str
    kind: str
    sign: int
    entries: int
    minor: int


class LateSum(NamedTuple):
    """What is late in one band of age. `age`: an index into `AGES`, or its length."""

    currency: str
    age: int
    customers: int
    minor: int


class DueSum(NamedTuple):
    """What falls due on a day; `day`: None for what has none."""

    currency: str
    day: date | None
    minor: int


class Debtor(NamedTuple):
    """A customer with what he owes in a currency."""

    currency: str
    customer_id: str
    name: str
    minor: int
