"""A debt typed late is stored as it is where no payment could have chosen it, else replayed."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from daftari.ledger.actions.allocate import allocations, standing
from daftari.ledger.rules.kinds import Kind
from tests.book import NOW, Book, open_book

TODAY = NOW.date()


def day(days: int) -> date:
    return TODAY + timedelta(days)


@pytest.fixture
def book() -> Iterator[Book]:
    with open_book() as book:
        yield book


@pytest.fixture(params=["customer", "supplier"])
def somebody(request: pytest.FixtureRequest, book: Book) -> str:
    return book.supplier() if request.param == "supplier" else book.customer()


@pytest.fixture
def replays(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is asked for later entries: each is a replay."""
    asked: list[object] = []
    real = standing.find_later

    def find_later(tx, place, item):
        asked.append(item)
        return real(tx, place, item)

    monkeypatch.setattr(standing, "find_later", find_later)
    return asked


def open_amounts(book: Book) -> dict[int, int]:
    return dict(book.sql("SELECT sequence, remaining_minor FROM open_items"))


def test_it_is_not_replayed_where_the_payments_since_were_for_earlier_debts(
    book, somebody, replays
):
    book.entry(somebody, Kind.DEBT, 100, occurred_on=day(-9), due_on=day(-8))
    book.entry(somebody, Kind.PAYMENT, 60, occurred_on=day(-3))
    book.entry(somebody, Kind.DEBT, 70, occurred_on=day(-1))
    replays.clear()
    book.entry(somebody, Kind.DEBT, 50, occurred_on=day(-6), due_on=day(5))
    assert replays == []
    assert open_amounts(book) == {1: 40, 3: 70, 4: 50}
    assert book.faults() == []


@pytest.mark.parametrize("due", [day(-8), None])
def test_it_takes_the_payment_of_a_debt_that_falls_due_later(book, somebody, replays, due):
    book.entry(somebody, Kind.DEBT, 100, occurred_on=day(-5), due_on=None)
    book.entry(somebody, Kind.PAYMENT, 60, occurred_on=day(-3))
    book.entry(somebody, Kind.DEBT, 50, occurred_on=day(-9), due_on=due)
    assert len(replays) == 1
    assert open_amounts(book) == {1: 90}
    assert book.faults() == []


def test_it_takes_an_advance_that_a_later_debt_took_up(book, somebody):
    book.entry(somebody, Kind.PAYMENT, 60, occurred_on=day(-9))
    book.entry(somebody, Kind.DEBT, 100, occurred_on=day(-1))
    book.entry(somebody, Kind.DEBT, 50, occurred_on=day(-5))
    assert open_amounts(book) == {2: 90}
    assert book.faults() == []


def test_it_takes_an_advance_that_is_open(book, somebody):
    book.entry(somebody, Kind.PAYMENT, 60)
    book.entry(somebody, Kind.DEBT, 50, occurred_on=day(-5))
    assert open_amounts(book) == {1: 10}
    assert book.faults() == []


def test_without_asking_it_would_be_wrong(book, somebody, monkeypatch):
    monkeypatch.setattr(allocations, "could_take", lambda *_: False)
    book.entry(somebody, Kind.PAYMENT, 60, occurred_on=day(-9))
    book.entry(somebody, Kind.DEBT, 100, occurred_on=day(-1))
    book.entry(somebody, Kind.DEBT, 50, occurred_on=day(-5))
    assert book.faults()
