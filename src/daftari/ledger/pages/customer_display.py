"""The page of an account that lies on the counter, before the customer himself."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from daftari.db.base import ReadTx
from daftari.ledger.pages.account import balances_of
from daftari.ledger.pages.entries import EntryView, Reader, entry_views, placed_rows
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.store import account

LINES: Final = 8


@dataclass(frozen=True, slots=True)
class CounterPage:
    """One customer's balance and last entries that stand; no other name, note or total.

    `name`: '' where the account is gone meanwhile; then there is only the way back to the book.
    """

    name: str
    is_supplier: bool
    balances: tuple[BalanceView, ...]
    lines: tuple[EntryView, ...]
    today: date


def counter_page(tx: ReadTx, reader: Reader, customer_id: str) -> CounterPage:
    customer, main = account.find_customer(tx, customer_id), reader.member.shop.currency
    if customer is None:
        return CounterPage("", False, (BalanceView.of(0, main),), (), reader.today)
    found = account.find_entries(tx, customer_id, None, LINES * 3)
    rows = placed_rows(tx, customer_id, found[: LINES * 3])
    lines = entry_views(tx, rows, reader, customer.role)
    return CounterPage(
        name=customer.name,
        is_supplier=customer.role == "supplier",
        balances=balances_of(tx, customer_id, main),
        lines=tuple(line for line in lines if stands(line))[:LINES],
        today=reader.today,
    )


def stands(line: EntryView) -> bool:
    """Whether the line is neither reversed nor a reversal: both are the shop's own business."""
    return not line.is_reversed and line.kind != "reversal"
