"""A prepared statement gives what SQLAlchemy gives for the same statement."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from daftari.db.base import WriteTx, put
from daftari.db.engine import begin_write
from daftari.db.prepared import LONGEST_LIST, NotPreparable, prepared
from daftari.kernel.ids import new_id
from daftari.ledger.tables import entry_texts, promises, totals
from tests.book import Book, open_book

MADE_AT = datetime(2026, 11, 30, 8, 15, tzinfo=UTC)
SAR = {"currency": "SAR", "receivable_minor": 70, "payable_minor": 0}
YER = {"currency": "YER", "receivable_minor": 5, "payable_minor": 9}
INSERT, DELETE = prepared(insert(totals)), prepared(delete(totals))
OF_CURRENCY = select(totals).where(totals.c.currency == bindparam("currency"))


@pytest.fixture
def book() -> Iterator[Book]:
    with open_book() as opened:
        yield opened


@pytest.fixture
def tx(book: Book) -> Iterator[WriteTx]:
    with begin_write(book.engine) as opened:
        opened.execute(INSERT, [SAR, YER])
        yield opened


def test_days_and_moments_are_read_and_bound_as_by_sqlalchemy(book: Book) -> None:
    made = {
        "id": new_id(),
        "customer_id": book.customer(),
        "currency": "SAR",
        "amount_minor": 700,
        "promised_on": date(2026, 12, 5),
        "note": "بعد الراتب",
        "note_key": "",
        "after_sequence": 0,
        "made_at": MADE_AT,
        "made_by": new_id(),
    }
    of_day = select(promises).where(promises.c.promised_on == bindparam("day", date(2026, 12, 5)))
    one = prepared(of_day)
    with begin_write(book.engine) as tx:
        tx.execute(prepared(insert(promises)), made)
        found = tx.execute(one).all()
        assert found == tx.execute(of_day).all()
        assert (found[0].promised_on, found[0].made_at) == (date(2026, 12, 5), MADE_AT)
        assert found[0].withdrawn_at is None
        assert tx.execute(one).mappings().one() == made | {
            "withdrawn_at": None,
            "withdrawn_by": None,
        }
        assert tx.execute(one, {"day": date(2026, 12, 6)}).all() == []


def test_a_statement_runs_anew_with_other_values(tx: WriteTx) -> None:
    one = prepared(OF_CURRENCY)
    for row in (SAR, YER, SAR):
        assert dict(tx.execute(one, {"currency": row["currency"]}).mappings().one()) == row
    assert tx.scalar(one, {"currency": "YER"}) == "YER"
    assert tx.scalar(one, {"currency": "EGP"}) is None
    assert tx.execute(one, {"currency": "EGP"}).one_or_none() is None


def test_rows_may_be_left_unread(tx: WriteTx) -> None:
    with tx.execute(prepared(select(totals).order_by(totals.c.currency))) as rows:
        assert next(iter(rows)).currency == "SAR"
    assert tx.execute(DELETE).rowcount == 2


def test_what_changes_rows_tells_how_many(tx: WriteTx) -> None:
    grown = update(totals).where(totals.c.receivable_minor >= bindparam("least"))
    more = prepared(grown.values(payable_minor=totals.c.payable_minor + 1))
    assert tx.execute(more, {"least": 10}).rowcount == 1
    assert tx.execute(more, {"least": 0}).rowcount == 2
    assert tx.execute(prepared(put(totals, "payable_minor")), SAR).rowcount == 1
    assert tx.execute(DELETE).rowcount == 2


def test_an_error_is_sqlalchemys_and_says_nothing_of_the_values(tx: WriteTx) -> None:
    with pytest.raises(IntegrityError) as refused:
        tx.execute(INSERT, SAR)
    assert "INSERT INTO totals" in str(refused.value)
    assert "70" not in str(refused.value)


def test_an_error_among_the_rows_is_sqlalchemys_too(tx: WriteTx) -> None:
    tx.execute(INSERT, {"currency": "ZZZ", "receivable_minor": -(2**63), "payable_minor": 0})
    sizes = select(func.abs(totals.c.receivable_minor)).order_by(totals.c.currency)
    rows = iter(tx.execute(prepared(sizes)))
    assert next(rows) == (70,)
    with pytest.raises(DBAPIError):
        list(rows)


def test_the_number_of_a_limit_stands_in_the_statement(book: Book, tx: WriteTx) -> None:
    said: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, sql: str, values: Any, *rest: Any) -> None:
        said.append((sql.rpartition("LIMIT ")[2], values))

    event.listen(book.engine, "before_cursor_execute", note)
    assert len(tx.execute(prepared(select(totals).limit(1))).all()) == 1
    assert said == [("1", [])]


@pytest.mark.parametrize("most", [1, LONGEST_LIST])
def test_a_list_may_have_any_length(
    tx: WriteTx, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daftari.db.prepared.LONGEST_LIST", most)
    of_any = select(totals.c.currency).where(
        totals.c.currency.in_(bindparam("ids", expanding=True)),
        totals.c.receivable_minor >= bindparam("least"),
    )
    one = prepared(of_any.order_by(totals.c.currency))
    for ids, least, found in (
        (["SAR"], 0, ["SAR"]),
        (["YER", "SAR"], 0, ["SAR", "YER"]),
        (["YER", "SAR"], 6, ["SAR"]),
        (["EGP", "YER"], 0, ["YER"]),
        (["YER"], 0, ["YER"]),
        ([], 0, []),
    ):
        assert tx.scalars(one, {"ids": ids, "least": least}).all() == found


def test_a_default_in_python_is_refused(tx: WriteTx) -> None:
    """The row would stand without it."""
    without_a_note = {"entry_id": "1", "salt": b"", "search_key": ""}
    with pytest.raises(NotPreparable):
        tx.execute(prepared(insert(entry_texts)), without_a_note)


def test_a_value_that_has_no_place_in_an_insert_is_refused(tx: WriteTx) -> None:
    tx.execute(INSERT, {**YER, "currency": "USD"})
    with pytest.raises(NotPreparable):
        tx.execute(INSERT, {**YER, "currency": "EUR", "note": "lost"})


def test_a_missing_value_is_an_error(tx: WriteTx) -> None:
    one = prepared(OF_CURRENCY)
    assert tx.execute(one, {"currency": "SAR"}).one()
    with pytest.raises(KeyError):
        tx.execute(one, {})
