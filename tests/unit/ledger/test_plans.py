"""Plans of instalments in the book: an entry for each, and what becomes of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.actions import make_plan, reverse_plan
from daftari.ledger.forms import PlanForm
from daftari.ledger.rules.commands import ReversePlan
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store.plans import find_parts, find_plans
from tests.book import KARIM, NOW, SHOP, UMM_SALIM, open_book

TODAY = NOW.date()
FIRST = "2026-12-01"


def says(number, count):
    return f"{number}/{count}"


def plan(customer, **typed):
    form = {"id": new_id(), "amount": "1000", "first_on": FIRST, "count": "3", **typed}
    return PlanForm(**form).command(SHOP, customer, TODAY, says)


@pytest.fixture
def book():
    with open_book() as book:
        yield book


def make(book, command, by=UMM_SALIM):
    return book.write(make_plan, by, book.at, command)


def parts(book, command):
    return [
        (one.amount_minor, one.remaining_minor, one.is_reversed)
        for one in book.write(find_parts, command.id)
    ]


def lines(book):
    return book.sql("SELECT amount_minor, due_on FROM entries ORDER BY sequence")


def test_each_instalment_is_a_line_with_its_own_day(book):
    abu_ali = book.customer()
    command = plan(abu_ali, note="غسالة")
    assert make(book, command).answer == "written"
    assert lines(book) == [(33300, "2026-12-01"), (33300, "2027-01-01"), (33400, "2027-02-01")]
    notes = {note for (note,) in book.sql("SELECT note FROM particulars")}
    assert notes == {"1/3 · غسالة", "2/3 · غسالة", "3/3 · غسالة"}
    assert book.faults() == []


def test_a_plan_sent_twice_is_one_plan(book):
    abu_ali = book.customer()
    command = plan(abu_ali)
    make(book, command)
    assert make(book, command).answer == "known"
    with pytest.raises(Conflict):
        make(book, plan(abu_ali, id=command.id, count="4"))
    with pytest.raises(Conflict):
        make(book, plan(book.customer(), id=command.id))
    assert len(lines(book)) == 3
    assert len(book.write(find_plans, abu_ali)) == 1


def test_what_is_paid_down_was_never_owed(book):
    abu_ali = book.customer()
    old = book.entry(abu_ali, Kind.DEBT, 8000)
    make(book, plan(abu_ali, paid_down="400", count="3"))
    assert sum(minor for minor, _ in lines(book)) == 8000 + 60000
    still_open = book.sql("SELECT remaining_minor FROM open_items WHERE sequence = 1")
    assert (old.entry.sequence, still_open) == (1, [(8000,)])


def test_progress_follows_from_the_book(book):
    command = plan(abu_ali := book.customer(), amount="300", count="3")
    make(book, command)
    payment = book.entry(abu_ali, Kind.PAYMENT, 15000)
    assert parts(book, command) == [(10000, 0, False), (10000, 5000, False), (10000, 10000, False)]
    book.reversal(payment.entry.id)
    assert [left for _, left, _ in parts(book, command)] == [10000] * 3
    book.reversal(command.entry_id(2))
    assert parts(book, command)[1] == (10000, 0, True)
    assert book.faults() == []


def test_a_plan_taken_back_undoes_what_still_stands(book):
    command = plan(abu_ali := book.customer(), amount="300", count="3")
    make(book, command)
    book.entry(abu_ali, Kind.PAYMENT, 10000)
    book.reversal(command.entry_id(2))
    act = ReversePlan(new_id(), command.id)
    book.write(reverse_plan, UMM_SALIM, book.at, act)
    book.write(reverse_plan, UMM_SALIM, book.at, act)
    assert [undone for *_, undone in parts(book, command)] == [True] * 3
    assert book.sql("SELECT balance_minor FROM balances") == [(-10000,)]
    assert book.faults() == []
    with pytest.raises(Missing):
        book.write(reverse_plan, UMM_SALIM, book.at, ReversePlan(new_id(), new_id()))


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 6),
    st.lists(
        st.tuples(st.sampled_from(["pay", "undo", "strike"]), st.integers(0, 400)), max_size=8
    ),
)
def test_whatever_is_paid_and_struck_out_the_instalments_fill_in_their_order(count, steps):
    """Progress is what was paid, at most what still stands, and nothing is paid out of its turn."""
    with open_book() as book:
        command = plan(abu_ali := book.customer(), amount="12", count=str(count))
        make(book, command)
        payments: list[tuple[str, int]] = []
        struck: set[int] = set()
        for step, minor in steps:
            if step == "pay" and minor:
                payments.append((book.entry(abu_ali, Kind.PAYMENT, minor).entry.id, minor))
            elif step == "undo" and payments:
                book.reversal(payments.pop(minor % len(payments))[0])
            elif step == "strike" and (number := minor % count + 1) not in struck:
                struck.add(number)
                book.reversal(command.entry_id(number))
        found = parts(book, command)
        standing = [(amount, left) for amount, left, is_reversed in found if not is_reversed]
        assert [undone for *_, undone in found].count(True) == len(struck)
        paid, owed = sum(minor for _, minor in payments), sum(amount for amount, _ in standing)
        assert sum(amount - left for amount, left in standing) == min(paid, owed)
        if "undo" not in [step for step, _ in steps]:  # what it covered is open again in its place
            opened = [left == amount for amount, left in standing]
            assert opened == sorted(opened)
            assert sum(0 < left < amount for amount, left in standing) <= 1
        assert book.faults() == []


def test_a_plan_is_written_whole_or_not_at_all(book):
    limited = book.customer(credit_limit_minor=90000)
    with pytest.raises(Refusal, match="beyond_credit_limit"):
        make(book, plan(limited), by=KARIM)
    with pytest.raises(Missing):
        make(book, plan(new_id()))
    assert lines(book) == []
    assert book.sql("SELECT count(*) FROM plans") == [(0,)]
    make(book, plan(limited), by=UMM_SALIM)
    assert len(lines(book)) == 3


def test_what_we_owe_a_supplier_may_have_a_plan(book):
    hamdan = book.supplier()
    make(book, plan(hamdan, count="2"))
    assert book.sql("SELECT balance_minor FROM balances") == [(-100000,)]
    assert book.faults() == []
