"""Open items, and the two orders in which allocation takes them."""

from datetime import date
from typing import Final, NamedTuple

from daftari.ledger.rules.chain import Entry

NO_DUE_DAY: Final = date.max
"""Stands for the due day of an item without one, which comes last."""


class OpenItem(NamedTuple):
    """An entry and what is open of it. `remaining_minor`: never below zero, whatever the sign.

    `id`: of a correction, that of the entry as it was first written, so that its place stays.
    `for_id`: the debt or plan that a payment names.
    """

    sequence: int
    id: str
    occurred_on: date
    due_on: date | None
    effect_minor: int
    remaining_minor: int
    for_id: str | None = None

    @property
    def full(self) -> "OpenItem":
        """The entry before anything is allocated to it."""
        return self._replace(remaining_minor=abs(self.effect_minor))

    def with_more(self, change_minor: int) -> "OpenItem":
        return self._replace(remaining_minor=self.remaining_minor + change_minor)


def item_of(entry: Entry) -> OpenItem:
    """An entry as an item of which nothing is open yet, or any more."""
    return OpenItem(
        sequence=entry.sequence,
        id=entry.corrects_id or entry.id,
        occurred_on=entry.occurred_on,
        due_on=entry.due_on,
        effect_minor=entry.effect_minor,
        remaining_minor=0,
        for_id=entry.for_id,
    )


def replay_order(item: OpenItem, owing: int) -> tuple[date, bool, int, str]:
    """The key of the replay: day, debts before payments, the smaller amount, the id.

    `owing`: the sign of a debt, 1 for customers, -1 for suppliers.
    """
    is_payment = item.effect_minor * owing < 0
    return item.occurred_on, is_payment, abs(item.effect_minor), item.id


def position(item: OpenItem) -> str:
    """The place of an open item among those of its account, as sortable text.

    The earliest due day first, items without one last; then as they are replayed.
    """
    due = item.due_on or "9999-99-99"
    return f"{due} {item.occurred_on} {abs(item.effect_minor):016} {item.id}"
