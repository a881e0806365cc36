"""The verbs of the book, as small stories."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind
from tests.book import KARIM, NOW, open_book

TODAY = NOW.date()


@pytest.fixture
def book():
    with open_book() as book:
        yield book
        assert book.faults() == []


def standing(book, customer_id):
    """Balance, oldest due date, last payment, as the list shows them."""
    columns = "balance_minor, oldest_due_on, last_payment_on"
    return book.sql(f"SELECT {columns} FROM customers WHERE id = ?", customer_id)[0]


def test_abu_ali_takes_12_50_and_pays_5(book):
    abu_ali = book.customer()
    book.entry(abu_ali, Kind.DEBT, 1250)
    paid = book.entry(abu_ali, Kind.PAYMENT, 500)
    assert paid.entry.balance_after_minor == 750
    due = (TODAY + timedelta(days=30)).isoformat()
    assert standing(book, abu_ali) == (750, due, TODAY.isoformat())
    assert book.sql("SELECT * FROM allocations") == [(2, 1, 500)]
    assert book.sql("SELECT receivable_minor, payable_minor FROM totals") == [(750, 0)]


def test_what_he_pays_too_much_is_his(book):
    abu_ali = book.customer()
    book.entry(abu_ali, Kind.DEBT, 100)
    book.entry(abu_ali, Kind.PAYMENT, 300)
    assert standing(book, abu_ali)[:2] == (-200, None)
    book.entry(abu_ali, Kind.DEBT, 50)
    assert standing(book, abu_ali)[:2] == (-150, None)
    assert book.sql("SELECT receivable_minor, payable_minor FROM totals") == [(0, 150)]


def test_the_same_line_sent_twice_is_one_line(book):
    command = RecordEntry(new_id(), book.customer(), Kind.DEBT, 700, "SAR", note="خبز")
    first, again = book.record(command), book.record(command)
    assert (first.answer, again.answer) == ("written", "known")
    assert again.entry == first.entry
    assert book.sql("SELECT count(*) FROM entries") == [(1,)]


@pytest.mark.parametrize(
    "other",
    [{"amount_minor": 701}, {"note": "حليب"}, {"note": ""}, {"taker": "سعاد"}, {"due_on": TODAY}],
)
def test_other_content_under_a_known_id_is_a_conflict(book, other):
    command = RecordEntry(new_id(), book.customer(), Kind.DEBT, 700, "SAR", note="خبز")
    book.record(command)
    with pytest.raises(Conflict):
        book.record(replace(command, **other))


def test_a_line_is_known_also_when_its_words_were_erased(book):
    command = RecordEntry(new_id(), book.customer(), Kind.DEBT, 700, "SAR", note="خبز")
    book.record(command)
    book.sql("DELETE FROM particulars")
    assert book.record(command).answer == "known"


def test_a_known_line_is_known_whatever_is_refused_by_now(book):
    abu_ali = book.customer(credit_limit_minor=700)
    command = RecordEntry(new_id(), abu_ali, Kind.DEBT, 700, "SAR")
    book.record(command, by=KARIM)
    assert book.record(command, by=KARIM).answer == "known"
    with pytest.raises(Refusal, match="beyond_credit_limit"):
        book.record(replace(command, id=new_id()), by=KARIM)


def test_the_owner_may_give_more(book):
    abu_ali = book.customer(credit_limit_minor=700)
    assert book.entry(abu_ali, Kind.DEBT, 701).answer == "written"


def test_nobody_is_nobody(book):
    with pytest.raises(Missing):
        book.entry(new_id(), Kind.DEBT, 1)
    with pytest.raises(Missing):
        book.reversal(new_id())


def test_a_reversed_payment_opens_what_it_covered(book):
    abu_ali = book.customer()
    book.entry(abu_ali, Kind.DEBT, 100, due_on=TODAY)
    book.entry(abu_ali, Kind.DEBT, 100, due_on=TODAY + timedelta(days=5))
    payment = book.entry(abu_ali, Kind.PAYMENT, 150)
    assert standing(book, abu_ali)[1] == (TODAY + timedelta(days=5)).isoformat()
    book.reversal(payment.entry.id)
    assert standing(book, abu_ali) == (200, TODAY.isoformat(), None)
    assert book.sql("SELECT * FROM allocations") == []


def test_what_a_reversed_debt_gives_back_covers_the_next(book):
    abu_ali = book.customer()
    mistake = book.entry(abu_ali, Kind.DEBT, 100)
    book.entry(abu_ali, Kind.PAYMENT, 100)
    book.entry(abu_ali, Kind.DEBT, 70)
    book.reversal(mistake.entry.id)
    assert book.sql("SELECT * FROM allocations") == [(2, 3, 70)]
    assert standing(book, abu_ali)[0] == -30


def test_a_reversal_sent_twice_is_one_and_a_second_one_is_refused(book):
    entry = book.entry(book.customer(), Kind.DEBT, 100)
    reversal_id = new_id()
    book.reversal(entry.entry.id, id=reversal_id, reason="خطأ")
    assert book.reversal(entry.entry.id, id=reversal_id, reason="خطأ").answer == "known"
    with pytest.raises(Conflict):
        book.reversal(entry.entry.id, id=reversal_id, reason="سبب آخر")
    with pytest.raises(Conflict):
        book.reversal(entry.entry.id, id=entry.entry.id)
    with pytest.raises(Refusal, match="already_reversed"):
        book.reversal(entry.entry.id)
    with pytest.raises(Refusal, match="reversal_of_reversal"):
        book.reversal(reversal_id)


def test_a_reversal_stored_without_a_reason_and_sent_again_with_one_is_done_already(book):
    entry = book.entry(book.customer(), Kind.DEBT, 100)
    reversal_id = new_id()
    book.reversal(entry.entry.id, id=reversal_id)
    with pytest.raises(Refusal, match="already_reversed"):
        book.reversal(entry.entry.id, id=reversal_id, reason="خطأ")


def test_the_last_payment_is_the_newest_day_that_stands(book):
    abu_ali = book.customer()
    newer = book.entry(abu_ali, Kind.PAYMENT, 5, occurred_on=TODAY - timedelta(days=1))
    book.entry(abu_ali, Kind.PAYMENT, 5, occurred_on=TODAY - timedelta(days=9), currency="USD")
    assert standing(book, abu_ali)[2] == (TODAY - timedelta(days=1)).isoformat()
    book.reversal(newer.entry.id)
    assert standing(book, abu_ali)[2] == (TODAY - timedelta(days=9)).isoformat()


def test_each_currency_is_an_account_of_its_own(book):
    abu_ali = book.customer()
    book.entry(abu_ali, Kind.DEBT, 100, due_on=date(2027, 1, 1))
    book.entry(abu_ali, Kind.PAYMENT, 900, currency="USD")
    assert book.sql("SELECT currency, balance_minor FROM balances ORDER BY 1") == [
        ("SAR", 100),
        ("USD", -900),
    ]
    assert standing(book, abu_ali)[:2] == (100, "2027-01-01")


def test_a_debt_written_off_may_be_recovered_and_not_more(book):
    abu_ali = book.customer()
    book.entry(abu_ali, Kind.DEBT, 100)
    lost = book.entry(abu_ali, Kind.WRITE_OFF, 100)
    book.entry(abu_ali, Kind.RECOVERY, 60)
    assert book.sql("SELECT balance_minor, written_off_minor FROM balances") == [(0, 40)]
    with pytest.raises(Refusal, match="recovery_beyond_write_off"):
        book.entry(abu_ali, Kind.RECOVERY, 41)
    with pytest.raises(Refusal, match="write_off_recovered"):
        book.reversal(lost.entry.id)


def test_what_we_owe_a_supplier_is_payable_and_falls_due(book):
    hamdan = book.supplier()
    book.entry(hamdan, Kind.DEBT, 5000, due_on=TODAY)
    assert standing(book, hamdan)[:2] == (-5000, TODAY.isoformat())
    book.entry(hamdan, Kind.PAYMENT, 5000)
    assert standing(book, hamdan)[:2] == (0, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET amount_minor = 1",
        "UPDATE entries SET chain = zeroblob(32)",
        "DELETE FROM entries",
        "REPLACE INTO entries SELECT * FROM entries",
    ],
)
def test_the_book_is_never_rewritten(book, statement):
    book.sql("PRAGMA recursive_triggers=ON")
    book.entry(book.customer(), Kind.DEBT, 100)
    with pytest.raises(Exception, match="append-only"):
        book.sql(statement)


def test_a_refused_entry_leaves_nothing_behind(book):
    abu_ali = book.customer()
    tables = [name for (name,) in book.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    before = {name: book.sql(f"SELECT * FROM {name}") for name in tables}
    assert before["idempotency_keys"]
    with pytest.raises(Refusal):
        book.entry(abu_ali, Kind.DISCOUNT, 1)
    assert {name: book.sql(f"SELECT * FROM {name}") for name in tables} == before


def test_what_fails_in_the_middle_leaves_nothing_behind(book, monkeypatch):
    def fail(*_, **__):
        raise IntegrityError("x", {}, Exception())

    abu_ali = book.customer()
    with monkeypatch.context() as patch:
        patch.setattr("daftari.ledger.actions.record.update_summary", fail)
        with pytest.raises(IntegrityError):
            book.entry(abu_ali, Kind.DEBT, 1)
    assert book.sql("SELECT count(*) FROM entries") == [(0,)]
    assert book.sql("SELECT count(*) FROM balances") == [(0,)]
