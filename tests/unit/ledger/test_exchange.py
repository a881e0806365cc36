"""Money handed over in another currency: two of both amounts and the rate give the third."""

import json
from pathlib import Path
from typing import Any

import pytest

from daftari.identity.rules import Shop
from daftari.kernel.forms import Readings
from daftari.kernel.money import COMMA, POINT
from daftari.kernel.rates import format_rate, parse_rate
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms.exchange import ExchangeForm
from daftari.ledger.rules.exchange import Exchange, agree, agrees, usual_unit
from daftari.ledger.rules.fields import ENTRY
from daftari.ledger.rules.kinds import Kind

CASES = json.loads((Path(__file__).parents[2] / "cases" / "exchange.json").read_text())
SHOP = Shop("-", "", "SA", "SAR", "Asia/Riyadh", "latn", POINT, (), "gregorian", 30)


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


@pytest.mark.parametrize("case", CASES["typed"], ids=lambda case: case["what"])
def test_what_is_typed_is_read_together(case: dict[str, Any]) -> None:
    names = ("amount", "paid_amount", "paid_currency", "rate", "rate_of")
    form = Readings(ENTRY)
    typed = ExchangeForm(*(case.get(name, "") for name in names))
    amount, exchange = typed.read(form, SHOP, Kind.PAYMENT, case["currency"])
    if "reasons" in case:
        with pytest.raises(Refusal) as refused:
            form.settle()
        found = {field: reason.name for field, reason in refused.value.reasons.items()}
        assert found == case["reasons"]
    else:
        form.settle()
        assert exchange is not None
        paid = exchange.paid_minor, exchange.rate_e8, exchange.rate_of
        assert [amount, *paid] == case["answer"]


@pytest.mark.parametrize("case", CASES["rates"], ids=lambda case: case["text"])
def test_a_rate_is_written_as_it_is_read(case: dict[str, Any]) -> None:
    assert format_rate(case["rate"], "latn", POINT) == case["text"]
    assert parse_rate(case["text"], POINT) == case["rate"]
    other = format_rate(case["rate"], "latn", COMMA)
    assert parse_rate(other, COMMA) == case["rate"]


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
