"""Plans of instalments: how a price is split, and what becomes of its lines in the book."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.actions import ReversePlan, make_plan, reverse_plan
from daftari.ledger.forms import PlanForm
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.plans import Every, due_days, split_by, split_evenly
from daftari.ledger.store.plans import find_parts, find_plans
from tests.book import KARIM, NOW, SHOP, UMM_SALIM, open_book

TODAY = NOW.date()
FIRST = "2026-12-01"


def says(number, count):
    return f"{number}/{count}"


def plan(customer, **typed):
    form = {"id": new_id(), "amount": "1000", "first_on": FIRST, "count": "3", **typed}
    return PlanForm(**form).command(SHOP, customer, TODAY, says)


def amounts(**typed):
    return [one.amount_minor for one in plan("x", **typed).instalments]


def refused(**typed):
    with pytest.raises(Refusal) as refusal:
        plan("x", **typed)
    return {field: reason.name for field, reason in refusal.value.reasons.items()}


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ({"count": "3"}, [33333, 33333, 33334]),
        ({"count": "٤"}, [25000] * 4),
        ({"count": "", "each": "300"}, [30000, 30000, 30000, 10000]),
        ({"count": "", "each": "500"}, [50000, 50000]),
        ({"paid_down": "100"}, [30000] * 3),
        ({"paid_down": "0"}, [33333, 33333, 33334]),
        ({"paid_down": "٠٫٠٠"}, [33333, 33333, 33334]),
        ({"paid_down": "99.99", "count": "2"}, [45000, 45001]),
        ({"amount": "0.02", "count": "2"}, [1, 1]),
        ({"amount": "1000", "currency": "KWD"}, [333333, 333333, 333334]),
        ({"amount": "1000", "currency": "YER"}, [333, 333, 334]),
    ],
)
def test_the_price_is_shared_out_and_the_rest_comes_last(typed, parts):
    assert amounts(**typed) == parts


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({"count": ""}, {"count": "count_or_each"}),
        ({"each": "10"}, {"count": "count_or_each"}),
        ({"count": "1"}, {"count": "count_not_right"}),
        ({"count": "121"}, {"count": "count_not_right"}),
        ({"count": "3.5"}, {"count": "count_not_right"}),
        ({"count": "²"}, {"count": "count_not_right"}),
        ({"count": "", "each": "1000"}, {"each": "each_not_right"}),
        ({"count": "", "each": "8"}, {"each": "each_not_right"}),
        ({"count": "", "each": "0"}, {"each": "amount_zero"}),
        ({"amount": "0.05", "count": "6"}, {"count": "instalments_too_small"}),
        ({"paid_down": "1000"}, {"paid_down": "paid_down_too_much"}),
        ({"paid_down": "1001"}, {"paid_down": "paid_down_too_much"}),
        ({"first_on": ""}, {"first_on": "date_missing"}),
        ({"first_on": "2026-11-22"}, {"first_on": "date_in_past"}),
        ({"first_on": "2026-02-30"}, {"first_on": "date_not_a_date"}),
        ({"first_on": "2099-12-01"}, {"first_on": "date_not_a_date"}),
        ({"every": "year"}, {"every": "choice_unknown"}),
        ({"every": "hijri_month", "first_on": "2077-10-01"}, {"first_on": "date_not_a_date"}),
        ({"amount": ""}, {"amount": "amount_missing"}),
        ({"currency": "XXX"}, {"currency": "currency_unknown"}),
        ({"id": "1"}, {"form": "id_not_an_id"}),
        ({"note": "ن" * 201}, {"note": "words_too_long"}),
    ],
)
def test_a_plan_that_cannot_be_is_refused_by_name(typed, reasons):
    assert refused(**typed) == reasons


@pytest.mark.parametrize(
    ("first", "every", "days"),
    [
        ("2026-11-30", Every.MONTH, ["2026-11-30", "2026-12-30", "2027-01-30", "2027-02-28"]),
        ("2027-12-31", Every.MONTH, ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        ("2026-12-25", Every.WEEK, ["2026-12-25", "2027-01-01", "2027-01-08", "2027-01-15"]),
        # 30 Rajab; Shaban has 30 days, Ramadan 29, Shawwal 30
        ("2027-01-08", Every.HIJRI_MONTH, ["2027-01-08", "2027-02-07", "2027-03-08", "2027-04-07"]),
    ],
)
def test_the_days_of_the_instalments(first, every, days):
    assert [str(day) for day in due_days(date.fromisoformat(first), every, 4)] == days


@given(st.integers(1, 9 * 10**12), st.integers(2, 120))
def test_nothing_is_lost_in_sharing_out(total, count):
    if total < count:
        return
    parts = split_evenly(total, count)
    assert sum(parts) == total
    assert len(parts) == count
    assert len(set(parts[:-1])) == 1
    assert 0 <= parts[-1] - parts[0] < count


@given(st.integers(2, 10**9), st.integers(1, 10**9))
def test_nothing_is_lost_in_parts_of_a_size(total, each):
    if not 2 <= -(-total // each) <= 120:
        return
    parts = split_by(total, each)
    assert sum(parts) == total
    assert set(parts[:-1]) == {each}
    assert 0 < parts[-1] <= each


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
    assert lines(book) == [(33333, "2026-12-01"), (33333, "2027-01-01"), (33334, "2027-02-01")]
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
    deed = ReversePlan(new_id(), command.id)
    book.write(reverse_plan, UMM_SALIM, book.at, deed)
    book.write(reverse_plan, UMM_SALIM, book.at, deed)
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


def test_what_was_shown_is_marked_by_its_days_and_amounts():
    shown = plan("x", id=new_id())
    assert shown.schedule == plan("x", note="غسالة").schedule
    assert shown.schedule != plan("x", count="4").schedule
    assert shown.schedule != plan("x", first_on="2026-12-02").schedule
    assert shown.schedule != plan("x", currency="USD").schedule
    assert shown.digest == replace(shown, id=new_id()).digest
