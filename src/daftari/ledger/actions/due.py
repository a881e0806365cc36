"""What other rooms ask of the book: who is due, who gave his word, when to look again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from daftari.db.base import ReadTx
from daftari.kernel import calendar
from daftari.ledger.store import due, promises

WHOLE_BOOK: Final = 2**63 - 1
"""As the `last` line that counts: all of them do."""


@dataclass(frozen=True, slots=True)
class DueDebt:
    """What is open of one debt that a customer owes the shop.

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
    """All debts due by `until`, the longest waiting first; of these customers, None for everybody.

    One statement. What the shop owes its suppliers is not among them, nor what was written after
    the line `last`.
    """
    items = due.find_due_items(tx, until, customer_ids, last)
    return [DueDebt(*item, calendar.days_late(item.due_on, today)) for item in items]


def open_promises(tx: ReadTx, today: date) -> dict[tuple[str, str], date]:
    """By customer and currency: the day for which he gave his word, unless it is over or kept."""
    return {
        place: promise.promised_on
        for place, promise in promises.find_open_promises(tx, today).items()
    }


def count_debtors(tx: ReadTx, today: date, last: int = WHOLE_BOOK) -> tuple[int, int]:
    """How many owe something that falls due today and nothing older, and how many are late.

    What was written after the line `last` is not counted.
    """
    return due.count_debtors(tx, today, last)


def last_entry_before(tx: ReadTx, moment: datetime) -> int:
    """The sequence of the last line written before that moment, 0 for none."""
    return due.find_last_before(tx, moment)


def next_due_day(tx: ReadTx, after: date) -> date | None:
    """The earliest day later than that one on which a debt falls due that is open now."""
    return due.find_next_due(tx, after)
