"""A shop of an older release, whose payments went to the oldest debt, is derived again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic import command
from alembic.config import Config

from daftari.db import migrate
from daftari.db.engine import begin_write, engine_on
from daftari.db.migrate import Family
from daftari.ledger.rules.kinds import Kind
from tests.book import NOW, Book, open_book

TODAY = NOW.date()
SOON, LATE = TODAY + timedelta(days=3), TODAY + timedelta(days=60)
COPIED = ("customers", "entries", "balances", "totals", "allocations", "open_items")


def upgrade(book: Book, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.folder(Family.SHOP)))
    with begin_write(book.engine) as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)


def columns(book: Book, table: str) -> str:
    return ", ".join(row[1] for row in book.sql(f"PRAGMA table_info({table})"))


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Book]:
    """Abu Ali's payment lies on his oldest debt; Hamdan's account is the same by both rules."""
    with open_book(tmp_path / "newer.db") as newer:
        abu_ali, hamdan = newer.customer(), newer.supplier()
        newer.entry(abu_ali, Kind.DEBT, 100, occurred_on=TODAY - timedelta(days=9), due_on=LATE)
        newer.entry(abu_ali, Kind.DEBT, 100, occurred_on=TODAY - timedelta(days=1), due_on=SOON)
        newer.entry(abu_ali, Kind.PAYMENT, 100)
        mistake = newer.entry(abu_ali, Kind.PAYMENT, 30)
        newer.reversal(mistake.entry.id)
        newer.entry(hamdan, Kind.DEBT, 500, due_on=SOON)
        newer.entry(hamdan, Kind.PAYMENT, 200)
    driver: Any = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    book = Book(engine_on(driver), driver)
    upgrade(book, "0007")
    book.sql("ATTACH ? AS newer", str(tmp_path / "newer.db"))
    for table in COPIED:
        names = columns(book, table)
        book.sql(f"INSERT INTO {table} ({names}) SELECT {names} FROM newer.{table}")
    book.sql("UPDATE allocations SET debit_sequence = 1 WHERE debit_sequence = 2")
    book.sql("UPDATE open_items SET sequence = 2, due_on = ? WHERE sequence = 1", SOON.isoformat())
    book.sql("UPDATE customers SET oldest_due_on = ? WHERE id = ?", SOON.isoformat(), abu_ali)
    yield book
    driver.close()


def test_the_proof_finds_nothing_after_it(older: Book) -> None:
    upgrade(older, "head")
    assert older.faults() == []
    assert older.sql("SELECT * FROM allocations WHERE credit_sequence = 3") == [(3, 2, 100)]


def test_the_audit_log_names_those_whose_standing_changed(older: Book) -> None:
    [(abu_ali,)] = older.sql("SELECT id FROM customers WHERE role = 'customer'")
    upgrade(older, "head")
    [(verb, subject, details)] = older.sql("SELECT verb, subject_id, details FROM activity")
    assert (verb, subject) == ("allocate_again", abu_ali)
    assert json.loads(details) == {"oldest_due_on": [SOON.isoformat(), LATE.isoformat()]}


def test_phones_fetch_those_whose_standing_changed(older: Book) -> None:
    versions = "SELECT role, version FROM customers"
    before = dict(older.sql(versions))
    upgrade(older, "head")
    after = dict(older.sql(versions))
    assert after["customer"] > max(before.values())
    assert after["supplier"] == before["supplier"]
