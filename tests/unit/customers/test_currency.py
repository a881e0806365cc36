"""The main currency of a book: what a change of it does to credit limits."""

import pytest

from daftari.customers.actions import change_main_currency, main_currency
from daftari.customers.actions.customer import change_customer
from daftari.customers.rules.commands import ChangeCustomer
from daftari.kernel.money import LARGEST_AMOUNT
from daftari.kernel.refusal import Refusal
from tests.book import UMM_SALIM, open_book


@pytest.fixture
def book():
    with open_book() as book:
        yield book


def limit_of(book, customer_id):
    [(minor,)] = book.sql("SELECT credit_limit_minor FROM customers WHERE id = ?", customer_id)
    return minor


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        (50000, "SAR", "KWD", 500000),
        (50000, "SAR", "EGP", 50000),
        (50000, "SAR", "YER", 500),
        (500250, "KWD", "SAR", 50025),
        (500251, "KWD", "SAR", 50026),
        (1, "KWD", "IQD", 1),
        (0, "SAR", "KWD", 0),
        (LARGEST_AMOUNT, "SAR", "KWD", LARGEST_AMOUNT),
    ],
)
def test_a_limit_stays_the_number_that_was_typed(book, before, old, new, after):
    abu_ali = book.customer(credit_limit_minor=before)
    free = book.customer("بلا سقف")
    book.write(change_main_currency, old, new)
    assert (limit_of(book, abu_ali), limit_of(book, free)) == (after, None)
    assert book.write(main_currency) == new


def test_changed_twice_it_is_still_that_number(book):
    abu_ali = book.customer(credit_limit_minor=50000)
    book.write(change_main_currency, "SAR", "KWD")
    book.write(change_main_currency, "SAR", "YER")  # asked by who still saw the first one
    assert limit_of(book, abu_ali) == 500


def test_each_changed_limit_is_a_change_that_phones_hear_of(book):
    many = [book.customer(str(n), credit_limit_minor=100) for n in range(3)]
    book.write(change_main_currency, "SAR", "KWD")
    versions = book.sql("SELECT version FROM customers")
    assert len({version for (version,) in versions}) == len(many)
    assert min(versions)[0] > len(many)


def test_a_limit_typed_in_the_currency_of_before_is_refused(book):
    abu_ali = book.customer()
    book.write(change_main_currency, "SAR", "KWD")
    wanted = ChangeCustomer(abu_ali, {"credit_limit_minor": 50000})
    with pytest.raises(Refusal, match="currency_changed"):
        book.write(change_customer, UMM_SALIM, book.at, wanted)
    with pytest.raises(Refusal, match="currency_changed"):
        book.customer("جديد", credit_limit_minor=1)
    book.write(change_customer, UMM_SALIM, book.at, ChangeCustomer(abu_ali, {"note": "جار"}))
    assert limit_of(book, abu_ali) is None
