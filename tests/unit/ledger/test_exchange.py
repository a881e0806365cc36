"""Money handed over in another currency: two of both amounts and the rate give the third."""

import json
from pathlib import Path
from typing import Any

import pytest

from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.exchange import Exchange, agree, agrees, usual_unit

CASES = json.loads((Path(__file__).parents[2] / "cases" / "exchange.json").read_text())


@pytest.mark.parametrize("case", CASES["agreed"], ids=lambda case: case["what"])
def test_two_of_the_three_give_the_third(case: dict[str, Any]) -> None:
    pair = (case["paid_currency"], case["rate_of"])
    amount, paid, rate = case["answer"]
    answer = amount, Exchange(paid, *pair[:1], rate, pair[1])
    assert agree(case["amount"], case["currency"], case["paid"], case["rate"], pair) == answer
    assert agree(amount, case["currency"], paid, rate, pair) == answer


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["what"])
def test_what_cannot_be_agreed_is_refused_by_name(case: dict[str, Any]) -> None:
    pair = (case["paid_currency"], case["rate_of"])
    with pytest.raises(Refusal) as refused:
        agree(case["amount"], case["currency"], case["paid"], case["rate"], pair)
    reasons = {field: reason.name for field, reason in refused.value.reasons.items()}
    assert reasons == case["reasons"]


def test_a_rate_is_told_for_one_unit_of_the_foreign_currency() -> None:
    assert usual_unit("USD", "SAR", "SAR") == "USD"
    assert usual_unit("SAR", "USD", "SAR") == "USD"
    assert usual_unit("USD", "EUR", "SAR") == "USD"


def test_one_minor_unit_is_rounding_and_two_are_not() -> None:
    def fits(paid: int) -> bool:
        return agrees(1000, "USD", Exchange(paid, "SAR", 375000000, "USD"))

    assert [fits(paid) for paid in (3749, 3750, 3751)] == [True] * 3
    assert not fits(3740)
    assert not fits(3760)
