"""What a payment says it is for, as small stories."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Refusal
from daftari.ledger.actions import make_plan, record_entry, reverse_plan
from daftari.ledger.forms import PlanForm
from daftari.ledger.rules.commands import RecordEntry, ReversePlan
from daftari.ledger.rules.kinds import Kind
from tests.book import NOW, SHOP, UMM_SALIM, Book, open_book

TODAY = NOW.date()


@pytest.fixture
def book() -> Iterator[Book]:
    with open_book() as book:
        yield book
        assert book.faults() == []


def left(book: Book, entry_id: str) -> int:
    found = book.sql(
        "SELECT remaining_minor FROM open_items JOIN entries USING (sequence) WHERE id = ?",
        entry_id,
    )
    return found[0][0] if found else 0


def debt(book: Book, customer: str, amount: int, **rest: Any) -> str:
    entry_id: str = book.entry(customer, Kind.DEBT, amount, **rest).entry.id
    return entry_id


def test_a_payment_covers_what_it_is_for_and_then_what_falls_due_first(book: Book) -> None:
    abu_ali = book.customer()
    first, meant = (
        debt(book, abu_ali, 100),
        debt(book, abu_ali, 70, due_on=TODAY.replace(year=2027)),
    )
    book.entry(abu_ali, Kind.PAYMENT, 90, for_id=meant)
    assert (left(book, meant), left(book, first)) == (0, 80)


def test_what_was_covered_already_leaves_the_payment_to_the_others(book: Book) -> None:
    abu_ali = book.customer()
    meant = debt(book, abu_ali, 50)
    book.entry(abu_ali, Kind.PAYMENT, 50, for_id=meant)
    other = debt(book, abu_ali, 30)
    book.entry(abu_ali, Kind.PAYMENT, 20, for_id=meant)
    assert (left(book, meant), left(book, other)) == (0, 10)


def test_a_payment_for_what_is_reversed_later_goes_where_others_go(book: Book) -> None:
    abu_ali = book.customer()
    first, meant = debt(book, abu_ali, 100), debt(book, abu_ali, 70)
    book.entry(abu_ali, Kind.PAYMENT, 60, for_id=meant)
    book.reversal(meant)
    assert left(book, first) == 40


def test_a_payment_for_a_plan_leaves_the_bread_alone(book: Book) -> None:
    abu_ali, plan_id = book.customer(), new_id()
    bread = debt(book, abu_ali, 40, due_on=TODAY)
    plan(book, abu_ali, plan_id)
    book.entry(abu_ali, Kind.PAYMENT, 1500, for_id=plan_id)
    assert left(book, bread) == 40
    rest = book.sql("SELECT sum(remaining_minor) FROM open_items")
    assert rest == [(40 + 3000 - 1500,)]


def plan(book: Book, customer: str, plan_id: str) -> None:
    typed = {"amount": "30", "count": "3", "first_on": str(TODAY.replace(month=12))}
    command = PlanForm(id=plan_id, **typed).command(SHOP, customer, TODAY, "{}/{}".format)
    book.write(make_plan, UMM_SALIM, book.at, command)


def test_what_cannot_be_meant_is_refused_by_name(book: Book) -> None:
    abu_ali, huda = book.customer(), book.customer("هدى")
    mine, hers = debt(book, abu_ali, 100), debt(book, huda, 100)
    dollars = debt(book, abu_ali, 100, currency="USD")
    gone = debt(book, abu_ali, 100)
    book.reversal(gone)
    paid = book.entry(abu_ali, Kind.PAYMENT, 5).entry.id
    plan_id = new_id()
    plan(book, abu_ali, plan_id)
    book.write(reverse_plan, UMM_SALIM, book.at, ReversePlan(new_id(), plan_id))
    refused = {
        new_id(): "target_not_found",
        hers: "target_not_found",
        paid: "target_not_found",
        dollars: "target_other_currency",
        gone: "target_reversed",
        plan_id: "target_reversed",
    }
    for for_id, name in refused.items():
        with pytest.raises(Refusal) as refusal:
            book.entry(abu_ali, Kind.PAYMENT, 10, for_id=for_id)
        assert refusal.value.reasons["for"].name == name
    with pytest.raises(Refusal, match="target_of_no_payment"):
        book.entry(abu_ali, Kind.DEBT, 10, for_id=mine)


def test_a_payment_made_on_a_phone_for_what_was_reversed_meanwhile_is_taken(book: Book) -> None:
    abu_ali = book.customer()
    gone = debt(book, abu_ali, 100)
    book.reversal(gone)
    command = RecordEntry(new_id(), abu_ali, Kind.PAYMENT, 10, "SAR", for_id=gone)
    recorded = book.write(lambda tx: record_entry(tx, UMM_SALIM, book.at, command, born_on=TODAY))
    assert recorded.entry.for_id == gone


def test_the_same_id_for_another_debt_is_a_conflict(book: Book) -> None:
    abu_ali = book.customer()
    one, other = debt(book, abu_ali, 100), debt(book, abu_ali, 100)
    command = RecordEntry(new_id(), abu_ali, Kind.PAYMENT, 10, "SAR", for_id=one)
    assert book.record(command).answer == "written"
    assert book.record(command).answer == "known"
    for changed in (other, None):
        with pytest.raises(Conflict):
            book.record(replace(command, for_id=changed))
