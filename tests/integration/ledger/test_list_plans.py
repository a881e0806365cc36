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
    "payable": lambda tx: listing.count_payable(tx, TODAY),
    "archived": listing.has_archived,
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_no_row_of_a_customer_is_read(asked):
    with open_book() as book:
        (plan,) = plans_of(book, asked)
    assert "COVERING INDEX" in plan


def test_the_whole_book_is_counted_and_summed_from_indexes_and_the_sums_by_day():
    with open_book() as book:
        plan = plans_of(book, lambda tx: hits.count_book(tx, TODAY))
    looked = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
    assert len(looked) == 3
    assert all("COVERING INDEX" in step or "due_totals" in step for step in looked)


@pytest.mark.parametrize("sort", listing.SORTS)
@pytest.mark.parametrize("chosen", ["settled", "archived"])
def test_a_filter_with_few_in_it_walks_through_nobody_else(chosen, sort):
    query = listing.ListQuery(filter=chosen, sort=sort)
    with open_book() as book:
        plan = plans_of(book, lambda tx: listing.find_customers(tx, query, TODAY))
        plan += plans_of(book, lambda tx: count_hits(tx, query))
    assert not [step for step in plan if step.startswith("SCAN")]


def count_hits(tx: ReadTx, query: listing.ListQuery) -> object:
    counted = hits.BookCounts(0, {}, {})
    return hits.count_hits(tx, query, TODAY, "SAR", counted, with_sums=True)


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
