"""A row of the list is a tuple that its template unpacks: its fields have one order everywhere."""

import re

import pytest

from daftari.customers.rules import ListedDetails
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
    parts = {"details": ListedDetails._fields, "status": RowStatus._fields}
    (loop,) = re.findall(r"\{% for (href.*) in page\.rows %\}", template)
    unpacked = re.sub(r"\(([^)]*?),?\)", lambda part: part[1].replace(", ", "+"), loop)
    assert unpacked.split(", ") == [
        "+".join(parts.get(name, [name])) for name in CustomerRow._fields
    ]
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
