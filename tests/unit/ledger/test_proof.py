"""Whatever is done to a book behind its back is found, and the first wrong line is named."""

from datetime import timedelta
from itertools import product

import pytest

from daftari.ledger.rules.chain import ChainHead, link
from daftari.ledger.rules.exchange import Exchange, agrees
from daftari.ledger.rules.goods import GoodsRow
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store.entries import find_entry
from daftari.ledger.store.heads import find_newer_head
from tests.book import EMPTY, NOW, Book, open_book

TODAY = NOW.date()


@pytest.fixture
def book():
    """Eight lines: Abu Ali's 1, 2, 3, 5 (in dollars), 6 and 7; the supplier's 4; his again 8."""
    with open_book() as book:
        abu_ali, hamdan = book.customer(), book.supplier()
        book.customer("لم يشترِ بعد")
        book.entry(abu_ali, Kind.DEBT, 10000, note="خبز", occurred_on=TODAY - timedelta(days=9))
        book.entry(abu_ali, Kind.DEBT, 20000)
        book.entry(abu_ali, Kind.PAYMENT, 15000)
        book.entry(hamdan, Kind.DEBT, 50000)
        book.entry(abu_ali, Kind.OPENING, 5000, currency="USD")
        mistake = book.entry(abu_ali, Kind.PAYMENT, 3000)
        book.reversal(mistake.entry.id, reason="سجلت مرتين")
        book.entry(abu_ali, Kind.WRITE_OFF, 2000)
        yield book


def told(book: Book, copied: ChainHead = EMPTY) -> list[tuple[int | None, str]]:
    return [(fault.sequence, fault.reason) for fault in book.faults(copied)]


def harm(book: Book, *statements: str) -> None:
    book.sql("PRAGMA foreign_keys=OFF")
    for act in ("update", "delete"):
        book.sql(f"DROP TRIGGER IF EXISTS entries_refuse_{act}")
    for act in ("insert", "update", "delete"):
        book.sql(f"DROP TRIGGER due_totals_{act}")
    for statement in statements:
        book.sql(statement)


def chain_anew(book: Book, since: int) -> None:
    """What somebody would do who has the key and knows the format."""
    previous = book.sql("SELECT chain FROM entries WHERE sequence = ?", since - 1)[0][0]
    for sequence, entry_id in book.sql(
        "SELECT sequence, id FROM entries WHERE sequence >= ? ORDER BY sequence", since
    ):
        previous = link(previous, book.write(find_entry, entry_id).entry)
        book.sql("UPDATE entries SET chain = ? WHERE sequence = ?", previous, sequence)


def head_of(book: Book) -> ChainHead:
    head = book.write(find_newer_head, EMPTY)
    assert head is not None
    return head


def test_a_book_that_nobody_touched_is_right(book):
    assert told(book) == []
    assert told(book, head_of(book)) == []


def test_an_empty_book_is_right():
    with open_book() as book:
        assert told(book) == []


def test_words_that_were_erased_are_no_fault(book):
    harm(book, "DELETE FROM particulars")
    assert told(book) == []


CHANGED = "changed: it does not fit the chain"
NO_DATES = "its days are not dates"
LINES = {
    "an amount": ("UPDATE entries SET amount_minor = 1 WHERE sequence = 3", 3, CHANGED),
    "an effect": ("UPDATE entries SET effect_minor = -1 WHERE sequence = 3", 3, CHANGED),
    "a day": ("UPDATE entries SET occurred_on = '2020-01-01' WHERE sequence = 2", 2, CHANGED),
    "no day at all": ("UPDATE entries SET occurred_on = 'soon' WHERE sequence = 2", 2, NO_DATES),
    "a day in another form": (
        "UPDATE entries SET occurred_on = replace(occurred_on, '-', '') WHERE sequence = 2",
        2,
        NO_DATES,
    ),
    "a number for a due date": (
        "UPDATE entries SET due_on = 20261123 WHERE sequence = 2",
        2,
        NO_DATES,
    ),
    "a due date": ("UPDATE entries SET due_on = NULL WHERE sequence = 2", 2, CHANGED),
    "who": ("UPDATE entries SET recorded_by = 'x' WHERE sequence = 4", 4, CHANGED),
    "when": (
        "UPDATE entries SET recorded_at = '2026-01-01T00:00:00.000Z' WHERE sequence = 4",
        4,
        CHANGED,
    ),
    "no moment": ("UPDATE entries SET recorded_at = '2026-01-01' WHERE sequence = 4", 4, NO_DATES),
    "whose": (
        "UPDATE entries SET customer_id = (SELECT customer_id FROM entries WHERE sequence = 4)"
        " WHERE sequence = 5",
        5,
        CHANGED,
    ),
    "the chain itself": ("UPDATE entries SET chain = zeroblob(32) WHERE sequence = 5", 5, CHANGED),
    "no number": (
        "UPDATE entries SET amount_minor = 'x' WHERE sequence = 5",
        5,
        "its amounts are not whole numbers",
    ),
    "no digest": (
        "UPDATE entries SET request_digest = 'x' WHERE sequence = 5",
        5,
        "its digests are not digests",
    ),
    "a line taken out": ("DELETE FROM entries WHERE sequence = 4", 4, "missing"),
    "the first line taken out": ("DELETE FROM entries WHERE sequence = 1", 1, "missing"),
    "a line before the first": (
        "UPDATE entries SET sequence = 0 WHERE sequence = 1",
        0,
        "out of its place",
    ),
    "two lines that changed places": (
        "UPDATE entries SET sequence = CASE sequence WHEN 99 THEN 2 ELSE 99 END"
        " WHERE sequence IN (2, 99)",
        2,
        "missing",
    ),
    "a note": (
        "UPDATE particulars SET note = 'ذهب' WHERE note = 'خبز'",
        1,
        "its words were changed",
    ),
    "a customer": (
        "DELETE FROM customers WHERE role = 'supplier'",
        4,
        "its customer is missing",
    ),
    "a side of the counter": (
        "UPDATE customers SET role = 'supplier'",
        1,
        "its effect is not that of its kind, debt",
    ),
}


@pytest.mark.parametrize(("statement", "sequence", "reason"), LINES.values(), ids=LINES)
def test_a_line_that_was_touched_is_named(book, statement, sequence, reason):
    harm(book, statement)
    assert told(book) == [(sequence, reason)]


REWRITTEN = {
    "an effect that is not its kind's": (
        "UPDATE entries SET effect_minor = 15000 WHERE sequence = 3",
        3,
        "its effect is not that of its kind, payment",
    ),
    "an effect that is not its amount": (
        "UPDATE entries SET effect_minor = -1 WHERE sequence = 3",
        3,
        "its effect is not that of its kind, payment",
    ),
    "a running balance": (
        "UPDATE entries SET balance_after_minor = 1 WHERE sequence = 3",
        3,
        "its running balance is not the sum of its customer's entries",
    ),
    "a kind that moves no balance": (
        "UPDATE entries SET kind = 'recovery' WHERE sequence = 3",
        3,
        "its effect is not that of its kind, recovery",
    ),
    "a reversal of something else": (
        "UPDATE entries SET reverses_id = (SELECT id FROM entries WHERE sequence = 3)"
        " WHERE sequence = 7",
        7,
        "not the opposite of entry 3",
    ),
    "a reversal of nothing": (
        "UPDATE entries SET reverses_id = 'x' WHERE sequence = 7",
        7,
        "reverses an entry that was not there",
    ),
    "a reversal of what comes later": (
        "UPDATE entries SET reverses_id = (SELECT id FROM entries WHERE sequence = 8)"
        " WHERE sequence = 7",
        7,
        "reverses an entry that was not there",
    ),
    "a payment that reverses": (
        "UPDATE entries SET reverses_id = (SELECT id FROM entries WHERE sequence = 3)"
        " WHERE sequence = 6",
        6,
        "reverses an entry and is no reversal",
    ),
}


@pytest.mark.parametrize(("statement", "sequence", "reason"), REWRITTEN.values(), ids=REWRITTEN)
def test_a_line_written_anew_with_its_chain_is_still_wrong(book, statement, sequence, reason):
    harm(book, statement)
    chain_anew(book, since=sequence)
    assert told(book) == [(sequence, reason)]


def test_a_line_reversed_twice_is_named(book):
    harm(
        book,
        "DROP INDEX ix_entries_reverses_id",
        "UPDATE entries SET kind = 'reversal', amount_minor = 3000, effect_minor = 3000,"
        " reverses_id = (SELECT id FROM entries WHERE sequence = 6) WHERE sequence = 8",
    )
    chain_anew(book, since=8)
    assert told(book) == [(8, "reverses entry 6 a second time")]


def test_a_reversal_reversed_is_named(book):
    harm(
        book,
        "UPDATE entries SET kind = 'reversal', amount_minor = 3000, effect_minor = -3000,"
        " reverses_id = (SELECT id FROM entries WHERE sequence = 7) WHERE sequence = 8",
    )
    chain_anew(book, since=8)
    assert told(book) == [(8, "reverses a reversal")]


def test_a_book_written_anew_as_a_whole_does_not_fit_the_copied_head(book):
    copied = head_of(book)
    harm(book, "UPDATE entries SET method = 'cash' WHERE sequence = 3")
    chain_anew(book, since=3)
    assert told(book) == []
    reason = "not what was copied out of the file: this or an earlier entry was written anew"
    assert told(book, copied) == [(8, reason)]


def test_a_cut_tail_does_not_reach_the_copied_head(book):
    copied = head_of(book)
    harm(book, "DELETE FROM entries WHERE sequence > 6")
    assert told(book, copied) == [(7, "missing, with all up to 8")]


BALANCES = "its customer's balances are not the sum of his entries"
OPEN = "is not open for what its allocation leaves of it"
ALLOCATED = "is not allocated to what falls due first"
STANDING = "its customer's standing in the list does not follow from his entries"
FOLLOWS = {
    "a balance": ("UPDATE balances SET balance_minor = 1 WHERE currency = 'USD'", 8, BALANCES),
    "what is written off": (
        "UPDATE balances SET written_off_minor = 0 WHERE written_off_minor > 0",
        8,
        BALANCES,
    ),
    "a balance taken out": ("DELETE FROM balances WHERE balance_minor < 0", 4, BALANCES),
    "an open item's rest": (
        "UPDATE open_items SET remaining_minor = 1 WHERE sequence = 4",
        4,
        OPEN,
    ),
    "an open item's day": (
        "UPDATE open_items SET due_on = '2020-01-01' WHERE sequence = 5",
        5,
        OPEN,
    ),
    "an open item's place": ("UPDATE open_items SET position = '1' WHERE sequence = 4", 4, OPEN),
    "an open item taken out": ("DELETE FROM open_items WHERE sequence = 4", 4, OPEN),
    "an open item that is settled": (
        "INSERT INTO open_items SELECT customer_id, currency, sequence, occurred_on, due_on,"
        " effect_minor, 5, '' FROM entries WHERE sequence = 1",
        1,
        OPEN,
    ),
    "how much is covered": (
        "UPDATE allocations SET amount_minor = 1 WHERE credit_sequence = 3 AND debit_sequence = 1",
        3,
        ALLOCATED,
    ),
    "a cover taken out": ("DELETE FROM allocations WHERE credit_sequence = 8", 8, ALLOCATED),
    "a cover of nothing": (
        "INSERT INTO allocations VALUES (3, 77, 5)",
        77,
        "is settled and is no entry of the book",
    ),
    "a cover by nothing": ("INSERT INTO allocations VALUES (77, 2, 5)", 77, ALLOCATED),
    "the balance in the list": (
        "UPDATE customers SET balance_minor = 1 WHERE role = 'customer' AND balance_minor > 0",
        8,
        STANDING,
    ),
    "the oldest due date": (
        "UPDATE customers SET oldest_due_on = NULL WHERE role = 'supplier'",
        4,
        STANDING,
    ),
    "the last payment": (
        "UPDATE customers SET last_payment_on = '2020-01-01' WHERE last_payment_on IS NOT NULL",
        8,
        STANDING,
    ),
    "the last entry": (
        "UPDATE customers SET last_entry_at = NULL WHERE role = 'supplier'",
        4,
        STANDING,
    ),
    "a standing without an entry": (
        "UPDATE customers SET balance_minor = 1 WHERE last_entry_at IS NULL",
        None,
        "a customer without an entry has a standing",
    ),
    "a balance without an entry": (
        "INSERT INTO balances SELECT id, 'SAR', 5, 0 FROM customers WHERE last_entry_at IS NULL",
        None,
        "balances or open items belong to somebody without an entry",
    ),
    "a balance without a customer": (
        "INSERT INTO balances VALUES ('nobody', 'SAR', 5, 0)",
        None,
        "balances or open items belong to somebody without an entry",
    ),
    "words without an entry": (
        "INSERT INTO particulars VALUES ('nobody', x'00', 'خبز', '', '', 'خبز')",
        None,
        "there are words that belong to no entry",
    ),
    "a total": (
        "UPDATE totals SET receivable_minor = receivable_minor + 1 WHERE currency = 'SAR'",
        None,
        "the shop's totals are not the sum of its balances",
    ),
    "a sum by due day": (
        "UPDATE due_totals SET remaining_minor = remaining_minor - 1 WHERE direction = 1",
        None,
        "the sums by due day are not those of its open items",
    ),
    "a sum of a day on which nothing is due": (
        "INSERT INTO due_totals VALUES (1, 'SAR', '2031-01-01', 5)",
        None,
        "the sums by due day are not those of its open items",
    ),
    "a sum of a day": (
        "UPDATE day_totals SET amount_minor = amount_minor - 1 WHERE kind = 'debt'",
        None,
        "the sums by day are not those of its entries",
    ),
    "a count of a day without entries": (
        "INSERT INTO day_totals VALUES ('2031-01-01', 'SAR', 'debt', 1, '', 'x', 1, 5)",
        None,
        "the sums by day are not those of its entries",
    ),
    "a total of no currency": (
        "INSERT INTO totals VALUES ('EUR', 0, 0)",
        None,
        "the shop's totals are not the sum of its balances",
    ),
}


@pytest.mark.parametrize(("statement", "sequence", "reason"), FOLLOWS.values(), ids=FOLLOWS)
def test_what_does_not_follow_from_the_lines_is_named(book, statement, sequence, reason):
    before = book.driver.total_changes
    harm(book, statement)
    assert book.driver.total_changes > before
    assert told(book) == [(sequence, reason)]


def test_of_each_thing_that_is_wrong_the_first_is_named(book):
    harm(
        book,
        "UPDATE balances SET balance_minor = balance_minor + 1",
        "UPDATE customers SET balance_minor = balance_minor + 1 WHERE last_entry_at IS NOT NULL",
    )
    assert told(book) == [(4, BALANCES), (4, STANDING)]


def test_it_repairs_nothing(book):
    harm(book, "UPDATE balances SET balance_minor = 1")
    before = book.driver.total_changes
    assert told(book) == told(book) != []
    assert book.driver.total_changes == before


def paid_in_riyals(book: Book) -> None:
    """Line 9: 20 dollars of the customer's 50, paid as 75 riyals at 3.75."""
    customer = book.sql("SELECT customer_id FROM entries WHERE sequence = 1")[0][0]
    exchange = Exchange(7500, "SAR", 375000000, "USD")
    book.entry(customer, Kind.PAYMENT, 2000, currency="USD", exchange=exchange)


@pytest.mark.parametrize("rate_of", ["KWD", "LBP"])
@pytest.mark.parametrize("rate_e8", [12345678, 250000000, 330000000, 10**9, 123456789012345])
def test_every_small_amount_that_is_accepted_is_proved(rate_of, rate_e8):
    with open_book() as book:
        customer = book.customer()
        for amount, paid in product((1, 2, 3, 7, 25, 400), (1, 2, 3, 4, 5, 9)):
            for currency, paid_currency in (("KWD", "LBP"), ("LBP", "KWD")):
                exchange = Exchange(paid, paid_currency, rate_e8, rate_of)
                if agrees(amount, currency, exchange):
                    more = {"currency": currency, "exchange": exchange}
                    book.entry(customer, Kind.PAYMENT, amount, **more)
        assert told(book) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("paid_minor = 7600", "its rate is not that of its two amounts"),
        ("rate_e8 = 376000000", "its rate is not that of its two amounts"),
        ("rate_of = 'SAR'", "its rate is not that of its two amounts"),
        ("rate_of = 'EUR'", "what was paid in another currency is not whole"),
        ("rate_e8 = NULL", "what was paid in another currency is not whole"),
        ("paid_minor = 'x'", "what was paid in another currency is not whole"),
        ("paid_currency = 'USD'", "what was paid in another currency is not whole"),
        ("paid_currency = 7", "what was paid in another currency is not whole"),
    ],
)
def test_a_changed_rate_or_amount_handed_over_is_found(book, change, reason):
    paid_in_riyals(book)
    assert told(book) == []
    harm(book, f"UPDATE entries SET {change} WHERE sequence = 9")
    assert told(book) == [(9, "changed: it does not fit the chain")]
    chain_anew(book, 9)
    assert told(book) == [(9, reason)]


SUGAR, TEA = GoodsRow("سكر", 1500, 625), GoodsRow("شاي", 1000, 1250)
GOODS = {
    "a name": ("UPDATE goods SET name = 'ذهب' WHERE number = 1", 9, "its words were changed"),
    "a price that keeps the sum": (
        "UPDATE goods SET quantity_milli = 2000, price_minor = 469 WHERE number = 1",
        9,
        "its words were changed",
    ),
    "a quantity": (
        "UPDATE goods SET quantity_milli = 2000 WHERE number = 1",
        9,
        "its amount is not the sum of its goods",
    ),
    "no number": (
        "UPDATE goods SET price_minor = 'x' WHERE number = 1",
        9,
        "its goods are not whole numbers",
    ),
    "a row taken out": (
        "DELETE FROM goods WHERE number = 2",
        9,
        "its amount is not the sum of its goods",
    ),
    "all rows taken out, and not their digest": (
        "DELETE FROM goods",
        9,
        "its words were changed",
    ),
    "rows left where the words were erased": (
        "DELETE FROM particulars WHERE note = ''",
        9,
        "its goods have no digest",
    ),
    "goods of a payment": (
        "INSERT INTO goods VALUES (3, 1, 'سكر', 1000, 15000)",
        3,
        "a payment has no goods",
    ),
    "goods put to a debt that had none": (
        "INSERT INTO goods VALUES (2, 1, 'سكر', 1000, 20000)",
        2,
        "its goods have no digest",
    ),
    "goods of no entry": (
        "INSERT INTO goods VALUES (99, 1, 'سكر', 1000, 15000)",
        99,
        "has goods and is no entry of the book",
    ),
}


def with_goods(book: Book) -> None:
    abu_ali = book.customer()
    book.entry(abu_ali, Kind.DEBT, 2188, goods=(SUGAR, TEA))
    book.entry(abu_ali, Kind.DEBT, 938, goods=(SUGAR,), note="خبز")


def test_goods_fit_their_entry(book):
    with_goods(book)
    assert told(book) == []
    assert told(book, head_of(book)) == []


def test_goods_that_were_erased_with_the_words_are_no_fault(book):
    with_goods(book)
    harm(book, "DELETE FROM particulars", "DELETE FROM goods")
    assert told(book) == []


@pytest.mark.parametrize(("statement", "sequence", "reason"), GOODS.values(), ids=GOODS)
def test_goods_that_were_touched_are_named(book, statement, sequence, reason):
    with_goods(book)
    harm(book, statement)
    assert told(book)[0] == (sequence, reason)
