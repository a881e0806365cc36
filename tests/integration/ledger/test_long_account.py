"""An account of 10,000 entries: it reads right, and what one look or one act reads is bounded."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from daftari.kernel.ids import new_id
from daftari.ledger.actions import submit_correction
from daftari.ledger.forms import SubmittedCorrection
from daftari.ledger.pages.account import MOST_ROWS, ROWS, AccountQuery, account_page
from daftari.ledger.pages.customer_due import MOST_DEBTS, customer_due_page
from daftari.ledger.pages.entries import Reader
from daftari.ledger.pages.entry_details import MOST_ALLOCATED, entry_details_page
from daftari.ledger.pages.targets import target_choices
from daftari.ledger.rules.kinds import Kind
from daftari.offline.pages.snapshot import ENTRIES_OF_ONE, snapshot
from tests.book import UMM_SALIM, Book, open_book
from tests.integration.ledger.test_statements import counted
from tests.long_account import DEBT, balance_of, fill

SHORT, LONG = 400, 10_000
STEPS = 10


@pytest.fixture(scope="module")
def book() -> Iterator[tuple[Book, str]]:
    with open_book() as book:
        customer = book.customer()
        book.write(fill, customer, LONG)
        yield book, customer


def reader_of(book: Book) -> Reader:
    return Reader(UMM_SALIM, book.at, {})


def correct(book: Book, entry_id: str, **typed: str) -> None:
    book.at += timedelta(minutes=1)
    ids = {"id": new_id(), "reversal_id": new_id()}
    sent = SubmittedCorrection(entry_id, ids | typed, None)
    book.write(submit_correction, UMM_SALIM, book.at, sent)


def work_of(book: Book, act: Callable[[], Any]) -> tuple[int, int]:
    """The statements that an act runs, and the steps of the database's own machine in them."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += STEPS
        return 0

    book.driver.set_progress_handler(step, STEPS)
    try:
        with counted(book) as statements:
            act()
    finally:
        book.driver.set_progress_handler(None, 0)
    return len(statements), steps


def works_in(count: int) -> dict[str, tuple[int, int]]:
    with open_book() as book:
        customer = book.customer()
        book.write(fill, customer, count)
        ids = [row[0] for row in book.sql("SELECT id FROM entries ORDER BY sequence")]
        reader = reader_of(book)
        acts: dict[str, Callable[[], Any]] = {
            "the account": lambda: book.write(account_page, reader, customer, AccountQuery()),
            "its end": lambda: book.write(
                account_page, reader, customer, AccountQuery(before=60, rows=MOST_ROWS)
            ),
            "an entry": lambda: book.write(entry_details_page, reader, ids[3], {}),
            "what a payment is for": lambda: book.write(
                target_choices, customer, "customer", {"SAR": balance_of(count)}
            ),
            "a debt": lambda: book.entry(customer, Kind.DEBT, 100),
            "a payment": lambda: book.entry(customer, Kind.PAYMENT, 100),
            "a reversal": lambda: book.reversal(ids[-1]),
            "a correction": lambda: correct(book, ids[-2], amount="9.00"),
        }
        return {name: work_of(book, act) for name, act in acts.items()}


def test_a_look_and_an_act_read_no_more_of_a_long_account_than_of_a_short_one():
    short, long = works_in(SHORT), works_in(LONG)
    for name, (statements, steps) in long.items():
        assert statements <= short[name][0], name
        assert steps <= 1.5 * short[name][1] + 500, name


def test_every_page_is_full_and_each_entry_stands_on_one_of_them(book):
    book, customer = book
    asked, seen = AccountQuery(), []
    while True:
        page = book.write(account_page, reader_of(book), customer, asked)
        assert len(page.entries) <= asked.rows
        seen += [entry.id for entry in page.entries]
        if page.older_href is None:
            break
        asked = AccountQuery.of(dict(re.findall(r"(\w+)=(\d+)", page.older_href)))
    in_book = [row[0] for row in book.sql("SELECT id FROM entries ORDER BY sequence DESC")]
    assert seen == in_book
    assert len(seen) == LONG


def test_pages_list_no_more_than_a_screen_takes(book):
    book, customer = book
    page = book.write(account_page, reader_of(book), customer, AccountQuery())
    assert len(page.entries) == ROWS
    due = book.write(customer_due_page, UMM_SALIM, book.at.date(), customer)
    assert len(due.debts) == MOST_DEBTS
    dated = book.sql("SELECT count(*) FROM open_items WHERE due_on IS NOT NULL")
    assert due.more_debts == dated[0][0] - MOST_DEBTS
    told = book.write(snapshot, UMM_SALIM, book.at, {}, None)
    assert len(told.customers[0].lines) == ENTRIES_OF_ONE


def test_it_is_written_to_reversed_corrected_and_verified(book):
    """The last test of the book: what it writes stays."""
    book, customer = book
    start = balance_of(LONG)
    ids = [row[0] for row in book.sql("SELECT id FROM entries ORDER BY sequence")]

    def balance() -> int:
        page = book.write(account_page, reader_of(book), customer, AccountQuery())
        told = book.write(snapshot, UMM_SALIM, book.at, {}, None)
        assert told.customers[0].balances.get("SAR", 0) == page.balances[0].minor
        return int(page.balances[0].minor)

    book.entry(customer, Kind.DEBT, 700)
    assert balance() == start + 700
    book.reversal(ids[-2])
    assert balance() == start + 700 - DEBT
    correct(book, ids[-3], amount="20.75")
    assert balance() == start + 200 - DEBT
    whole = book.entry(customer, Kind.PAYMENT, balance()).entry
    assert balance() == 0
    page = book.write(entry_details_page, reader_of(book), whole.id, {})
    assert len(page.allocated) == MOST_ALLOCATED
    covered = book.sql("SELECT count(*) FROM allocations WHERE credit_sequence = ?", whole.sequence)
    assert page.more_allocated == covered[0][0] - MOST_ALLOCATED > 1000
    assert book.sql("SELECT count(*) FROM open_items") == [(0,)]
    assert book.faults() == []
