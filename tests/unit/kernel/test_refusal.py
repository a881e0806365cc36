"""A refusal names its fields and its reasons."""

import pytest

from daftari.kernel.refusal import Reason, Refusal


def test_a_refusal_names_its_reasons_by_field():
    refusal = Refusal(
        name="name_missing", amount=Reason("amount_too_many_decimals", {"decimals": 2})
    )
    assert refusal.reasons["name"] == Reason("name_missing")
    assert refusal.reasons["amount"].params == {"decimals": 2}


def test_a_refusal_says_in_a_trace_what_was_refused():
    with pytest.raises(Refusal, match="form: entry_already_reversed"):
        raise Refusal(form="entry_already_reversed")
