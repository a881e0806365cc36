"""What other rooms are told of the book: debts with their day, how many, the next day to look."""

from datetime import date, timedelta

import pytest

from daftari.ledger.actions.due import count_debtors, find_due, next_due_day
from daftari.ledger.rules.kinds import Kind
from tests.book import NOW, open_book

TODAY = NOW.date()


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


@pytest.fixture
def book():
    with open_book() as book:
        yield book


def due(book, until=0):
    return book.write(find_due, TODAY, day(until))


def test_due_is_what_is_left_of_each_debt_the_longest_waiting_first(book):
    abu_ali = book.customer()
    for days, minor in ((-3, 500), (0, 700), (1, 900)):
        book.entry(abu_ali, Kind.DEBT, minor, due_on=day(days))
    book.entry(abu_ali, Kind.PAYMENT, 200)
    assert [(d.remaining_minor, d.due_on, d.days_late) for d in due(book)] == [
        (300, day(-3), 3),
        (700, day(0), 0),
    ]
    assert [d.remaining_minor for d in due(book, until=1)] == [300, 700, 900]
    assert {d.customer_id for d in due(book)} == {abu_ali}


def test_one_customer_can_be_asked_for(book):
    abu_ali, salim = book.customer(), book.customer("سالم")
    for customer in (abu_ali, salim):
        book.entry(customer, Kind.DEBT, 500, due_on=TODAY)
    [debt] = book.write(find_due, TODAY, TODAY, [salim])
    assert debt.customer_id == salim
    assert book.write(find_due, TODAY, TODAY, []) == []


def test_each_debt_is_told_by_the_line_it_is(book):
    written = book.entry(book.customer(), Kind.DEBT, 500, due_on=TODAY, currency="USD")
    [debt] = due(book)
    assert (debt.entry_id, debt.currency) == (written.entry.id, "USD")


def test_what_the_shop_owes_is_no_debt_to_remind_of(book):
    hamdan = book.supplier()
    book.entry(hamdan, Kind.DEBT, 500, due_on=TODAY)
    assert due(book) == []
    assert book.write(next_due_day, day(-1)) is None


def test_a_debt_that_is_paid_or_undone_is_not_due(book):
    abu_ali = book.customer()
    first = book.entry(abu_ali, Kind.DEBT, 500, due_on=TODAY)
    assert len(due(book)) == 1
    payment = book.entry(abu_ali, Kind.PAYMENT, 500)
    assert due(book) == []
    book.reversal(payment.entry.id)
    assert len(due(book)) == 1
    book.reversal(first.entry.id)
    assert due(book) == []


def test_the_next_day_to_look_is_the_next_with_an_open_debt(book):
    abu_ali = book.customer()
    for days in (0, 4, 9):
        book.entry(abu_ali, Kind.DEBT, 100, due_on=day(days))
    looks = [book.write(next_due_day, day(days)) for days in (-1, 0, 3, 4, 9)]
    assert looks == [day(0), day(4), day(4), day(9), None]
    book.entry(abu_ali, Kind.PAYMENT, 100)
    assert book.write(next_due_day, day(-1)) == day(4)


def test_how_many_are_due_today_and_how_many_are_late(book):
    for days in ((0, 0), (0, -2, -2), (-1,), (1,)):
        abu_ali = book.customer()
        for ahead in days:
            book.entry(abu_ali, Kind.DEBT, 100, due_on=day(ahead))
    book.entry(book.supplier(), Kind.DEBT, 100, due_on=day(-1))
    assert book.write(count_debtors, TODAY) == (1, 2)
    assert book.write(count_debtors, day(-9)) == (0, 0)
