"""Writing an entry, and seeing what is due, cost the same in a small and in a large book."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from daftari.kernel.ids import new_id
from daftari.ledger.actions import make_plan, make_promise
from daftari.ledger.actions.due import find_due
from daftari.ledger.forms import PlanForm
from daftari.ledger.pages.customer_due import customer_due_page
from daftari.ledger.pages.due import due_page
from daftari.ledger.pages.plan import plan_page
from daftari.ledger.rules.commands import MakePromise
from daftari.ledger.rules.kinds import Kind
from tests.book import SHOP, UMM_SALIM, Book, open_book


@contextmanager
def counted(book: Book) -> Iterator[list[str]]:
    statements: list[str] = []

    def count(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(book.engine, "before_cursor_execute", count)
    yield statements
    event.remove(book.engine, "before_cursor_execute", count)


def in_a_book_of(customers: int) -> dict[str, int]:
    """How many statements each kind of entry runs."""
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
            book.reversal(entry.entry.id)
        counts["a reversal"] = len(statements)
    return counts


@pytest.fixture(scope="module")
def small() -> dict[str, int]:
    return in_a_book_of(10)


def test_a_large_book_runs_no_more_statements_than_a_small_one(small):
    assert in_a_book_of(200) == small


def test_an_entry_runs_few_statements(small):
    assert small["a debt"] <= 8
    assert small["another debt"] <= small["a debt"] + 1
    # one of a reversal's counts how many its person has made within the hour
    assert max(small.values()) <= 19
    assert max(count for name, count in small.items() if name != "a reversal") <= 13


def test_many_open_debts_are_settled_by_as_many_statements_as_few(small):
    with open_book() as book:
        abu_ali = book.customer()
        for _ in range(40):
            book.entry(abu_ali, Kind.DEBT, 100)
        with counted(book) as statements:
            book.entry(abu_ali, Kind.PAYMENT, 3950)
    assert len(statements) == small["a payment that closes and goes on"]


@pytest.mark.thorough
def test_what_is_due_is_read_in_as_many_statements_for_many_as_for_few():
    few, many = reads_with(1), reads_with(12)
    assert many == few
    assert few["the due list"] <= 5
    assert few["all that is due"] <= 2
    assert max(few.values()) <= 7


def reads_with(times: int) -> dict[str, int]:
    """How many statements each look at what is due runs."""
    with open_book() as book:
        today = book.at.date()
        for n in range(times):
            abu_ali = book.customer(f"زبون {n}")
            for _ in range(times):
                book.entry(abu_ali, Kind.DEBT, 700, due_on=today)
                promise = MakePromise(new_id(), abu_ali, "SAR", today)
                book.write(make_promise, UMM_SALIM, book.at, promise)
                typed = {"amount": "12", "count": str(times + 1), "first_on": str(today)}
                plan = PlanForm(id=new_id(), **typed).command(SHOP, abu_ali, today, "{}/{}".format)
                book.write(make_plan, UMM_SALIM, book.at, plan)
        looks = {
            "the due list": (due_page, UMM_SALIM, today, ""),
            "all that is due": (find_due, today, today),
            "a customer's dates": (customer_due_page, UMM_SALIM, today, abu_ali),
            "a plan": (plan_page, UMM_SALIM, today, plan.id, {}),
        }
        counts = {}
        for name, look in looks.items():
            with counted(book) as statements:
                book.write(*look)
            counts[name] = len(statements)
        return counts
