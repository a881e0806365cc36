"""A statement that only SQLite understands fails the test that runs it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, Insert, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.base import Executable

from daftari.db.base import add, insert_new, put
from daftari.db.engine import begin_write
from daftari.db.prepared import prepared
from daftari.ledger.tables import totals
from tests.book import Book, open_book
from tests.second_engine import SecondEngine

ROW = {"currency": "SAR", "receivable_minor": 1, "payable_minor": 0}


@pytest.fixture
def book(second_engine: SecondEngine) -> Iterator[Book]:
    with open_book() as opened:
        yield opened


def refused(engine: Engine, statement: Executable) -> list[str]:
    """What PostgreSQL refuses, by a listener of the test's own."""
    listening = SecondEngine()
    listening.listen()
    try:
        with begin_write(engine) as tx:
            tx.execute(statement, ROW if isinstance(statement, Insert) else {})
    finally:
        listening.stop()
    return listening.take_refused()


SQLITE_ONLY = {
    "an upsert of SQLite's dialect": sqlite.insert(totals).on_conflict_do_nothing(),
    "a function of SQLite": select(func.strftime("%Y", totals.c.currency)),
    "one in a prepared statement": prepared(select(func.julianday(totals.c.currency))),
}


@pytest.mark.parametrize("name", SQLITE_ONLY)
def test_what_only_sqlite_understands_is_refused(
    book: Book, second_engine: SecondEngine, name: str
) -> None:
    assert refused(book.engine, SQLITE_ONLY[name])
    assert second_engine.take_refused()


def test_the_statements_of_the_helpers_pass(book: Book) -> None:
    for statement in (put(totals, "payable_minor"), add(totals, "receivable_minor")):
        assert refused(book.engine, statement) == []
    with begin_write(book.engine) as tx:
        assert not insert_new(tx, totals, ROW)
        assert insert_new(tx, totals, ROW | {"currency": "YER"})
        assert tx.execute(select(totals)).all() == [("SAR", 2, 0), ("YER", 1, 0)]
