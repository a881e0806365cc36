"""What other rooms ask of the book: who is due, how many they are, when to look again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from daftari.db.base import Tx
from daftari.kernel import calendar
from daftari.ledger.store import due, promises


@dataclass(frozen=True, slots=True)
class DueDebt:
    """What is open of one debt that a customer owes the shop.

    `days_late` is 0 on the due date and before it. `promise_on`: the day for which he gave his
    word and which is not over; None where he gave none, or has kept it.
    """

    entry_id: str
    customer_id: str
    currency: str
    remaining_minor: int
    due_on: date
    days_late: int
    promise_on: date | None


def find_due(
    tx: Tx, today: date, until: date, customer_ids: Collection[str] | None = None
) -> list[DueDebt]:
    """All debts due by `until`, the longest waiting first; of these customers, None for everybody.

    Two statements. What the shop owes its suppliers is not among them.
    """
    promised = promises.find_open_promises(tx, today)
    return [
        DueDebt(
            *item,
            days_late=calendar.days_late(item.due_on, today),
            promise_on=promise.promised_on
            if (promise := promised.get((item.customer_id, item.currency)))
            else None,
        )
        for item in due.find_due_items(tx, until, customer_ids)
    ]


def count_debtors(tx: Tx, today: date) -> tuple[int, int]:
    """How many owe something that falls due today and nothing older, and how many are late."""
    return due.count_debtors(tx, today)


def next_due_day(tx: Tx, after: date) -> date | None:
    """The earliest day later than that one on which a debt falls due that is open now."""
    return due.find_next_due(tx, after)
