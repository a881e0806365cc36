"""What the lists say of a customer, and that none is lost between two pages of them."""

from datetime import timedelta
from functools import partial
from urllib.parse import parse_qsl, urlsplit

import pytest

from daftari.ledger.pages.book import BookQuery, book_page
from daftari.ledger.pages.due import due_page
from daftari.ledger.rules.kinds import Kind
from tests.book import NOW, UMM_SALIM, open_book

DUE_ON = NOW.date()


@pytest.fixture
def book():
    with open_book() as book:
        yield book


def test_a_customer_owes_and_a_supplier_is_owed(book):
    for customer in (book.customer(), book.supplier()):
        book.entry(customer, Kind.DEBT, 1250, due_on=DUE_ON)
    assert rows_of(book, is_payable=False) == [(False, [(1250, "owes")])]
    assert rows_of(book, is_payable=True) == [(True, [(1250, "owed")])]


def rows_of(book, *, is_payable):
    shown = partial(due_page, is_payable=is_payable)
    (group,) = book.write(shown, UMM_SALIM, DUE_ON, "").groups
    return [(row.is_supplier, [(one.minor, one.side) for one in row.amounts]) for row in group.rows]


def asked_by(href):
    return dict(parse_qsl(urlsplit(href).query, keep_blank_values=True))


def sixty_debts(book):
    for n in range(60):
        due_on = DUE_ON + timedelta(days=n // 10)
        book.entry(book.customer(f"زبون {n:02}"), Kind.DEBT, 100 + n, due_on=due_on)


def test_nobody_is_left_out_of_the_due_list_when_the_last_one_shown_pays(book):
    sixty_debts(book)
    href = book.write(due_page, UMM_SALIM, DUE_ON, "").more_href
    asked = asked_by(href)
    book.entry(asked["after"], Kind.PAYMENT, 1000)
    rest = book.write(due_page, UMM_SALIM, DUE_ON, asked["after"], asked["at"])
    assert sum(len(group.rows) for group in rest.groups) == 10


@pytest.mark.parametrize("sort", ["late", "biggest", "newest", "name"])
def test_nobody_is_left_out_of_the_book_when_the_last_one_shown_moves(book, sort):
    sixty_debts(book)
    first = book.write(book_page, UMM_SALIM, DUE_ON, BookQuery(sort=sort))
    asked = BookQuery.of(asked_by(first.more_href))
    book.entry(asked.after, Kind.PAYMENT, 1000)
    second = book.write(book_page, UMM_SALIM, DUE_ON, asked)
    names = {row.name for page in (first, second) for row in page.rows}
    assert len(names) == 60


@pytest.mark.parametrize("at", ["x", "9" * 30, "0001-01-01T00:00:00+14:00", "2026-02-30"])
@pytest.mark.parametrize("sort", ["late", "biggest", "newest", "name"])
def test_a_place_that_is_none_is_looked_up(book, sort, at):
    sixty_debts(book)
    asked = BookQuery.of(
        asked_by(book.write(book_page, UMM_SALIM, DUE_ON, BookQuery(sort=sort)).more_href)
    )
    again = BookQuery.of({"sort": sort, "after": asked.after, "at": at})
    assert len(book.write(book_page, UMM_SALIM, DUE_ON, again).rows) == 10
