"""Queries of the book for reports: what was written, what is late and by how much, who owes most.

Customers only: what the shop owes to its suppliers is in none of them but `sum_period`, `sum_days`.
"""

from collections.abc import Iterable
from datetime import date

from daftari.db.base import ReadTx
from daftari.ledger.rules.sums import DaySum, Debtor, DueSum, KindSum, LateSum
from daftari.ledger.store import day_totals, month_end


def sum_period(tx: ReadTx, since: date, until: date) -> Iterable[KindSum]:
    """What stands of the entries from `since` to `until`, by kind and who wrote it."""
    return map(KindSum._make, day_totals.sum_period(tx, since, until))


def sum_days(tx: ReadTx, since: date, until: date) -> Iterable[DaySum]:
    """What stands of the entries of each day."""
    return map(DaySum._make, day_totals.sum_days(tx, since, until))


def sum_late(tx: ReadTx, today: date) -> Iterable[LateSum]:
    """What is late, by its age: the sums of the month's end."""
    return map(LateSum._make, month_end.find_late_by_age(tx, today))


def sum_not_due(tx: ReadTx, today: date) -> Iterable[DueSum]:
    """What is not late, by the day it falls due."""
    yield from map(DueSum._make, day_totals.find_expected(tx, today))
    for currency, minor in day_totals.sum_undated(tx):
        yield DueSum(currency, None, minor)


def largest_debts(tx: ReadTx, own: str, most: int) -> Iterable[Debtor]:
    """The customers who owe most in each currency, at most so many of each. `own`: the shop's."""
    for row in month_end.find_largest(tx, most):
        yield Debtor(own, row.id, row.name, row.balance_minor)
    yield from map(Debtor._make, day_totals.find_largest_in_others(tx, own, most))
