"""What the due list says of a line, from a book in memory."""

import pytest

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
    (group,) = book.write(due_page, UMM_SALIM, DUE_ON, "").groups
    sides = {row.is_supplier: [(one.minor, one.side) for one in row.amounts] for row in group.rows}
    assert sides == {False: [(1250, "owes")], True: [(1250, "owed")]}
