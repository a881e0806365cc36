"""A row of the list is a tuple that its template unpacks: its fields have one order everywhere."""

import pytest

from daftari.ledger.pages.book import CustomerRow
from daftari.ledger.pages.parts import BalanceView, RowStatus
from daftari.offline.pages.list_placeholders import (
    BalancePlaceholder,
    RowPlaceholder,
    StatusPlaceholder,
)
from daftari.web.templates import TEMPLATES


def test_the_template_unpacks_the_fields_in_their_order():
    template = (TEMPLATES / "ledger" / "_rows.html").read_text()
    *own, status = CustomerRow._fields
    assert status == "status"
    row = f"{', '.join(own)}, ({', '.join(RowStatus._fields)})"
    assert f"{{% for {row} in page.rows %}}" in template
    assert f"{{% for {', '.join(BalanceView._fields)} in balances %}}" in template


@pytest.mark.parametrize(
    ("row", "placeholder"),
    [
        (CustomerRow, RowPlaceholder),
        (RowStatus, StatusPlaceholder),
        (BalanceView, BalancePlaceholder),
    ],
)
def test_the_phone_draws_from_rows_with_the_same_fields(row, placeholder):
    assert row._fields == placeholder._fields
