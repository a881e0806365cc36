"""Queries of the book for other rooms: due debts, open promises, the next due day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from daftari.db.base import ReadTx
from daftari.kernel import calendar
from daftari.ledger.store import due, listing, promises

WHOLE_BOOK: Final = 2**63 - 1
"""The value of `last` with which every entry counts."""


@dataclass(frozen=True, slots=True)
class DueDebt:
    """The open amount of one debt that a customer owes the shop.

    `days_late` is 0 on the due date and before it.
    """

    entry_id: str
    customer_id: str
    currency: str
    remaining_minor: int
    due_on: date
    days_late: int


def find_due(
    tx: ReadTx,
    today: date,
    until: date,
    customer_ids: Collection[str] | None = None,
    last: int = WHOLE_BOOK,
) -> list[DueDebt]:
    """All debts due by `until`, the earliest due date first; `customer_ids` None for all customers.

    One statement. Debts of the shop to its suppliers, and entries after the entry `last`, are left
    out.
    """
    items = due.find_due_items(tx, until, customer_ids, last)
    return [DueDebt(*item, calendar.days_late(item.due_on, today)) for item in items]


def open_promises(tx: ReadTx, today: date) -> dict[tuple[str, str], date]:
    """The promised day by customer and currency, for promises that are neither kept nor past."""
    return {
        place: promise.promised_on
        for place, promise in promises.find_open_promises(tx, today).items()
    }


def count_debtors(tx: ReadTx, today: date, last: int = WHOLE_BOOK) -> tuple[int, int]:
    """The number of customers with a debt due today and none older, and the number of late ones.

    Entries after the entry `last` are not counted.
    """
    return due.count_debtors(tx, today, last)


def count_due(tx: ReadTx, today: date) -> int:
    """The number in the frame of every page: customers with a debt due by today."""
    return listing.count_due(tx, today)


def last_entry_before(tx: ReadTx, moment: datetime) -> int:
    """The sequence of the last entry recorded before the moment, 0 for none."""
    return due.find_last_before(tx, moment)


def next_due_day(tx: ReadTx, after: date) -> date | None:
    """The earliest due date of an open debt after the given day."""
    return due.find_next_due(tx, after)
