"""A promise is kept when enough was paid by its day; the book says so, nobody writes it down."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daftari.kernel.clock import civil_date
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.actions import make_promise, withdraw_promise
from daftari.ledger.actions.due import open_promises
from daftari.ledger.rules.commands import MakePromise
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.promises import PromiseOutcome, outcomes
from daftari.ledger.store.promises import find_last_promises, find_promises
from tests.book import NOW, SHOP, UMM_SALIM, open_book

TODAY = NOW.date()


def day(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def book():
    with open_book() as book:
        yield book


@pytest.fixture
def abu_ali(book):
    """He owes 100, due today, and 50 due in ten days."""
    customer = book.customer()
    book.entry(customer, Kind.DEBT, 10000, due_on=day(0))
    book.entry(customer, Kind.DEBT, 5000, due_on=day(10))
    return customer


def promise(book, customer, days=3, amount=None, **rest):
    rest = {"id": new_id(), "currency": "SAR"} | rest
    command = MakePromise(customer_id=customer, promised_on=day(days), amount_minor=amount, **rest)
    book.at += timedelta(minutes=1)
    book.write(make_promise, UMM_SALIM, book.at, command)
    return command.id


def said(book, customer, days=0):
    """What became of his promises, newest first, as it is so many days later."""
    found = book.write(find_promises, customer)
    made_on = [civil_date(one.made_at, SHOP.zone) for one in found]
    return outcomes(found, made_on, day(days))


def test_a_promise_is_kept_by_enough_and_not_by_less(book, abu_ali):
    promise(book, abu_ali, amount=6000)
    assert said(book, abu_ali) == [PromiseOutcome.OPEN]
    book.entry(abu_ali, Kind.PAYMENT, 5999)
    assert said(book, abu_ali, days=3) == [PromiseOutcome.OPEN]
    assert said(book, abu_ali, days=4) == [PromiseOutcome.BROKEN]
    book.entry(abu_ali, Kind.PAYMENT, 1, occurred_on=day(3))
    assert said(book, abu_ali, days=4) == [PromiseOutcome.KEPT]


def test_what_comes_a_day_late_keeps_no_promise(book, abu_ali):
    promise(book, abu_ali)
    book.entry(abu_ali, Kind.PAYMENT, 15000, occurred_on=day(4))
    assert said(book, abu_ali, days=4) == [PromiseOutcome.BROKEN]


def test_without_an_amount_what_is_due_by_then_is_meant(book, abu_ali):
    for days, amount in ((3, 10000), (10, 15000)):
        promise(book, abu_ali, days=days)
        assert book.write(find_promises, abu_ali)[0].amount_minor == amount
    later = book.customer("لاحقا")
    book.entry(later, Kind.DEBT, 700, due_on=day(40))
    promise(book, later)
    assert book.write(find_promises, later)[0].amount_minor == 700


def test_money_that_came_before_does_not_count(book, abu_ali):
    book.entry(abu_ali, Kind.PAYMENT, 9000)
    promise(book, abu_ali, amount=1000)
    assert said(book, abu_ali) == [PromiseOutcome.OPEN]


def test_a_payment_undone_was_none(book, abu_ali):
    promise(book, abu_ali, amount=6000)
    payment = book.entry(abu_ali, Kind.PAYMENT, 6000)
    assert said(book, abu_ali) == [PromiseOutcome.KEPT]
    book.reversal(payment.entry.id)
    assert said(book, abu_ali) == [PromiseOutcome.OPEN]


def test_a_debt_undone_or_forgiven_is_not_waited_for(book):
    customer = book.customer()
    debt = book.entry(customer, Kind.DEBT, 6000)
    book.entry(customer, Kind.DEBT, 4000)
    promise(book, customer, amount=10000)
    book.reversal(debt.entry.id)
    assert said(book, customer) == [PromiseOutcome.OPEN]
    book.entry(customer, Kind.DISCOUNT, 4000)
    assert said(book, customer) == [PromiseOutcome.KEPT]


def test_a_debt_written_and_undone_since_is_no_payment(book, abu_ali):
    promise(book, abu_ali, amount=6000)
    mistake = book.entry(abu_ali, Kind.DEBT, 6000)
    book.reversal(mistake.entry.id)
    assert said(book, abu_ali) == [PromiseOutcome.OPEN]


def test_a_new_word_moves_an_open_one_and_leaves_a_broken_one(book, abu_ali):
    promise(book, abu_ali, days=1)
    book.at += timedelta(days=2)
    promise(book, abu_ali, days=5)
    promise(book, abu_ali, days=7)
    assert said(book, abu_ali, days=2) == [
        PromiseOutcome.OPEN,
        PromiseOutcome.MOVED,
        PromiseOutcome.BROKEN,
    ]


def test_a_promise_taken_out_leaves_the_one_before(book, abu_ali):
    promise(book, abu_ali, days=2)
    mistake = promise(book, abu_ali, days=5)
    assert said(book, abu_ali) == [PromiseOutcome.OPEN, PromiseOutcome.MOVED]
    for _ in range(2):
        assert book.write(withdraw_promise, UMM_SALIM, book.at, mistake) == abu_ali
    assert said(book, abu_ali) == [PromiseOutcome.WITHDRAWN, PromiseOutcome.OPEN]
    with pytest.raises(Missing):
        book.write(withdraw_promise, UMM_SALIM, book.at, new_id())


def test_the_same_promise_sent_twice_is_one(book, abu_ali):
    promise_id = promise(book, abu_ali)
    promise(book, abu_ali, id=promise_id)
    assert len(said(book, abu_ali)) == 1
    for other in ({"days": 4}, {"amount": 10000}, {"note": "غدا"}, {"currency": "USD"}):
        with pytest.raises(Conflict):
            promise(book, abu_ali, id=promise_id, **other)


def test_only_what_is_owed_can_be_promised(book, abu_ali):
    with pytest.raises(Refusal, match="promise_beyond_balance"):
        promise(book, abu_ali, amount=15001)
    with pytest.raises(Refusal, match="nothing_owed"):
        promise(book, abu_ali, currency="USD")
    with pytest.raises(Missing):
        promise(book, new_id())


def promised_on(book, days=0):
    return book.write(open_promises, day(days))


def test_a_word_holds_until_its_day_is_over(book, abu_ali):
    of_abu_ali = (abu_ali, "SAR")
    assert promised_on(book) == {}
    promise(book, abu_ali, days=3)
    assert promised_on(book) == {of_abu_ali: day(3)}
    assert promised_on(book, days=3) == {of_abu_ali: day(3)}
    assert promised_on(book, days=4) == {}
    promise(book, abu_ali, days=1)
    assert promised_on(book) == {of_abu_ali: day(1)}
    assert promised_on(book, days=2) == {}  # the last word counts, though the first said later


def test_a_word_kept_is_no_reason_to_wait_with_the_rest(book, abu_ali):
    promise(book, abu_ali, days=3, amount=4000)
    book.entry(abu_ali, Kind.PAYMENT, 4000)
    assert promised_on(book) == {}
    assert book.write(find_last_promises, [abu_ali]) == {}


def test_a_word_is_of_one_currency(book, abu_ali):
    book.entry(abu_ali, Kind.DEBT, 100, currency="USD", due_on=day(0))
    promise(book, abu_ali, currency="USD")
    assert promised_on(book) == {(abu_ali, "USD"): day(3)}


def test_we_promise_a_supplier_too(book):
    hamdan = book.supplier()
    book.entry(hamdan, Kind.DEBT, 9000, due_on=day(0))
    promise(book, hamdan)
    book.entry(hamdan, Kind.PAYMENT, 9000)
    assert said(book, hamdan) == [PromiseOutcome.KEPT]


@pytest.mark.thorough
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["debt", "payment", "discount", "undo"]), st.integers(0, 6)),
        max_size=12,
    ),
    st.integers(1, 8),
)
def test_whatever_happens_what_came_is_what_he_owes_less(steps, promised):
    """Without new debts, what came is the balance then less the balance now; no step is counted
    that lies after the day."""
    with open_book() as book:
        customer = book.customer()
        before = [book.entry(customer, Kind.DEBT, 100).entry.id for _ in range(8)]
        promise(book, customer, days=3, amount=promised * 100)
        owed, since, shrunk = 800, [], 0
        for step, days in steps:
            if step == "debt":
                since.append(book.entry(customer, Kind.DEBT, 100).entry.id)
            elif step == "undo" and (since or before):
                fresh = bool(since)
                book.reversal((since or before).pop())
                shrunk += 0 if fresh else 100
            elif step in ("payment", "discount"):
                if step == "discount" and owed - shrunk < 100:
                    continue
                book.entry(customer, Kind(step), 100, occurred_on=day(days))
                shrunk += 100 if days <= 3 else 0
                owed -= 100 if days > 3 else 0
        [found] = book.write(find_promises, customer)
        assert found.came_minor == shrunk
        assert found.is_kept == (shrunk >= promised * 100)
        assert book.faults() == []
