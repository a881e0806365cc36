"""A row of an account is a tuple that its template unpacks: its fields have one order."""

import re

from jinja2 import Environment, nodes

from daftari.ledger.pages.entries import EntryView
from daftari.web.templates import TEMPLATES


def test_the_template_unpacks_the_fields_in_their_order():
    template = (TEMPLATES / "ledger" / "_entry_rows.html").read_text()
    (loop,) = re.findall(r"\{% for (id, .*) in entries %\}", template)
    unpacked = loop.replace("(balance, _balance_currency, side)", "after")
    assert tuple(unpacked.split(", ")) == EntryView._fields


def test_the_phone_draws_from_a_row_with_a_value_for_each_field():
    template = (TEMPLATES / "ledger" / "blank.html").read_text()
    assigned = Environment(autoescape=True).parse(template).find_all(nodes.Assign)
    (row,) = next(
        one.node.items for one in assigned if getattr(one.target, "name", "") == "entries"
    )
    drawn = dict(zip(EntryView._fields, row.items, strict=True))
    filled = {name for name, value in drawn.items() if getattr(value, "value", "") is not None}
    # js/entry-row.js fills in the method and the note, and clones the mark of a reversed entry.
    assert {"method", "note", "is_reversed"} <= filled
    assert drawn["method"].value == "cash"
    assert drawn["note"].value == " "
    assert drawn["is_reversed"].value is True
