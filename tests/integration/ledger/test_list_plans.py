"""What every page asks of the list of customers is answered from an index, without their rows."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event

from daftari.db.base import ReadTx
from daftari.ledger.store import hits, listing
from tests.book import Book, open_book

TODAY = date(2026, 11, 23)
ASKED: dict[str, Callable[[ReadTx], object]] = {
    "due": lambda tx: listing.count_due(tx, TODAY),
    "late": lambda tx: hits.count_late(tx, TODAY),
    "payable": lambda tx: listing.count_payable(tx, TODAY),
    "archived": listing.has_archived,
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_no_row_of_a_customer_is_read(asked):
    with open_book() as book:
        (plan,) = plans_of(book, asked)
    assert "COVERING INDEX" in plan


def test_a_list_in_its_usual_order_is_not_sorted_first():
    query = listing.ListQuery()
    with open_book() as book:
        (plan,) = plans_of(book, lambda tx: listing.find_customers(tx, query, TODAY))
    assert "USING INDEX ix_customers_oldest_due_on_id_role" in plan


def plans_of(book: Book, asked: Callable[[ReadTx], object]) -> list[str]:
    """The steps by which SQLite answers each statement of `asked`."""
    statements: list[tuple[str, object]] = []

    def note(connection, cursor, statement, values, *rest):
        if statement.startswith("SELECT"):
            statements.append((statement, values))

    event.listen(book.engine, "before_cursor_execute", note)
    with book.engine.connect() as tx:
        asked(tx)
    event.remove(book.engine, "before_cursor_execute", note)
    return [
        str(step[3])
        for statement, values in statements
        for step in book.driver.execute(f"EXPLAIN QUERY PLAN {statement}", values)
    ]
