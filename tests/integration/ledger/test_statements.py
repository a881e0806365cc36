"""Writing an entry costs the same in a small and in a large book."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from daftari.ledger.rules.kinds import Kind
from tests.book import Book, open_book


@contextmanager
def counted(book: Book) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(book.engine, "before_cursor_execute", count)
    yield statements
    event.remove(book.engine, "before_cursor_execute", count)


def in_a_book_of(customers: int) -> dict[str, int]:
    """How many statements each kind of entry runs, with its BEGIN."""
    counts: dict[str, int] = {}
    with open_book() as book:
        for n in range(customers):
            book.entry(book.customer(f"زبون {n}"), Kind.DEBT, 100 + n)
        abu_ali = book.customer()
        for name, kind, minor in (
            ("a debt", Kind.DEBT, 700),
            ("another debt", Kind.DEBT, 700),
            ("a payment in part", Kind.PAYMENT, 100),
            ("a payment that closes and goes on", Kind.PAYMENT, 700),
            ("a payment in advance", Kind.PAYMENT, 5000),
            ("a debt out of the advance", Kind.DEBT, 100),
        ):
            with counted(book) as statements:
                entry = book.entry(abu_ali, kind, minor)
            counts[name] = len(statements)
        with counted(book) as statements:
            book.reversal(entry.line.id)
        counts["a reversal"] = len(statements)
    return counts


@pytest.fixture(scope="module")
def small() -> dict[str, int]:
    return in_a_book_of(10)


def test_a_large_book_runs_no_more_statements_than_a_small_one(small):
    assert in_a_book_of(1000) == small


def test_an_entry_runs_few_statements(small):
    assert small["a debt"] <= 9
    assert max(small.values()) <= 18


def test_many_open_debts_are_settled_by_as_many_statements_as_few(small):
    with open_book() as book:
        abu_ali = book.customer()
        for _ in range(40):
            book.entry(abu_ali, Kind.DEBT, 100)
        with counted(book) as statements:
            book.entry(abu_ali, Kind.PAYMENT, 3950)
    assert len(statements) == small["a payment that closes and goes on"]
