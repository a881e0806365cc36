"""Goods of a debt: rows of a quantity and a price, whose sum is the amount."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daftari.identity.rules import Shop
from daftari.kernel.forms import Typed
from daftari.kernel.ids import new_id
from daftari.kernel.money import COMMA, LARGEST_AMOUNT, NOTATIONS, POINT
from daftari.kernel.refusal import Refusal
from daftari.ledger.forms import EntryForm
from daftari.ledger.forms.goods import SAVED_OF_GOODS, standing_goods
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.goods import (
    LARGEST_QUANTITY,
    MOST_GOODS,
    GoodsRow,
    format_quantity,
    parse_quantity,
    sum_of,
    type_quantity,
)
from daftari.ledger.rules.keys import entry_key
from tests.book import SHOP

CASES = json.loads((Path(__file__).parents[2] / "cases" / "goods.json").read_text())
ROWS = st.lists(
    st.builds(
        GoodsRow,
        st.sampled_from(("سكر", "شاي", "Pepsi")),
        st.integers(1, LARGEST_QUANTITY),
        st.integers(1, 10**9),
    ),
    min_size=1,
    max_size=MOST_GOODS,
).map(tuple)


def names_in(refused: Refusal) -> dict[str, str]:
    return {field: reason.name for field, reason in refused.reasons.items()}


def typed_rows(*rows: tuple[str, str, str], **rest: str) -> Typed:
    numbered = {
        f"goods_{name}_{number}": text
        for number, row in enumerate(rows, 1)
        for name, text in zip(("name", "quantity", "price"), row, strict=True)
    }
    return {"id": new_id(), "kind": "debt"} | numbered | rest


def read(typed: Typed, shop: Shop = SHOP) -> RecordEntry:
    said = EntryForm.typed(typed).read(shop, "-")
    said.form.settle()
    return said.entry


def refusals_of(typed: Typed) -> dict[str, str]:
    with pytest.raises(Refusal) as refused:
        read(typed)
    return names_in(refused.value)


@pytest.mark.parametrize("case", CASES["totals"], ids=lambda case: case["what"])
def test_a_row_comes_to_its_quantity_times_its_price(case: dict[str, Any]) -> None:
    assert GoodsRow("", case["quantity"], case["price"]).total_minor == case["total"]


@pytest.mark.parametrize("case", CASES["sums"], ids=lambda case: case["what"])
def test_the_amount_is_the_sum_of_the_rows(case: dict[str, Any]) -> None:
    goods = [GoodsRow("", *row) for row in case["rows"]]
    if "sum" in case:
        assert sum_of(goods) == case["sum"]
    else:
        with pytest.raises(Refusal) as refused:
            sum_of(goods)
        assert names_in(refused.value) == {"amount": case["refused"]}


@pytest.mark.parametrize("case", CASES["quantities"], ids=lambda case: case["text"])
def test_a_quantity_is_read_in_thousandths(case: dict[str, Any]) -> None:
    if "milli" in case:
        assert parse_quantity(case["text"], POINT) == case["milli"]
    else:
        with pytest.raises(Refusal) as refused:
            parse_quantity(case["text"], POINT)
        assert names_in(refused.value) == {"quantity": case["refused"]}


@pytest.mark.parametrize("case", CASES["written"], ids=lambda case: case["text"])
def test_a_quantity_is_typed_as_it_is_read(case: dict[str, Any]) -> None:
    assert type_quantity(case["milli"], POINT) == case["text"]
    for notation in (POINT, COMMA):
        assert parse_quantity(type_quantity(case["milli"], notation), notation) == case["milli"]


def test_a_quantity_is_shown_in_the_digits_of_the_shop() -> None:
    assert format_quantity(1500500, "arab", POINT) == "١٬٥٠٠٫٥"


@pytest.mark.parametrize("case", CASES["typed"], ids=lambda case: case["what"])
def test_what_is_typed_is_read_or_refused_at_its_row(case: dict[str, Any]) -> None:
    typed = typed_rows(*map(tuple, case["rows"]))
    if "reasons" in case:
        assert refusals_of(typed) == case["reasons"]
    else:
        entry = read(typed)
        rows = [[row.name, row.quantity_milli, row.price_minor] for row in entry.goods]
        assert (rows, entry.amount_minor) == (case["goods"], case["amount"])


@given(ROWS)
def test_the_sum_is_within_half_a_unit_of_each_row(goods: tuple[GoodsRow, ...]) -> None:
    exact = sum(Fraction(row.quantity_milli * row.price_minor, 1000) for row in goods)
    assume(Fraction(len(goods), 2) < exact < LARGEST_AMOUNT - MOST_GOODS)
    assert abs(sum_of(goods) - exact) <= Fraction(len(goods), 2)


@given(ROWS, st.sampled_from(list(NOTATIONS.values())), st.sampled_from(("SAR", "YER", "KWD")))
def test_goods_that_stand_are_read_again_as_they_are(
    goods: tuple[GoodsRow, ...], notation: Any, currency: str
) -> None:
    assume(0 < sum(row.total_minor for row in goods) <= LARGEST_AMOUNT)
    shop = replace(SHOP, notation=notation)
    form = EntryForm(id=new_id(), currency=currency, goods=standing_goods(goods, currency, shop))
    said = form.read(shop, "-")
    said.form.settle()
    assert said.entry.goods == goods
    assert said.entry.amount_minor == sum_of(goods)


def test_blank_rows_and_lone_quantities_are_left_out() -> None:
    entry = read(typed_rows(("", "2", ""), ("سكر", "", "5"), ("", "", "")))
    assert [row.name for row in entry.goods] == ["سكر"]


def test_a_typed_amount_has_to_be_the_sum() -> None:
    row = ("سكر", "2", "6.25")
    assert read(typed_rows(row, amount="12.5")).amount_minor == 1250
    assert refusals_of(typed_rows(row, amount="12")) == {"amount": "amount_not_sum_of_goods"}
    assert refusals_of(typed_rows(row, amount="كثير")) == {"amount": "amount_not_a_number"}


def test_goods_go_with_a_debt_only() -> None:
    row = ("سكر", "2", "6.25")
    assert refusals_of(typed_rows(row, kind="payment", amount="5")) == {"form": "goods_of_no_debt"}


def test_thirty_rows_are_read_and_one_more_is_refused() -> None:
    row = ("سكر", "1", "1")
    assert read(typed_rows(*[row] * MOST_GOODS)).amount_minor == 100 * MOST_GOODS
    assert refusals_of(typed_rows(*[row] * (MOST_GOODS + 1))) == {"form": "too_many_goods"}
    assert len(SAVED_OF_GOODS) == 3 * MOST_GOODS


def test_a_name_of_more_than_sixty_letters_is_refused() -> None:
    assert read(typed_rows(("ع" * 60, "", "1"))).amount_minor == 100
    assert refusals_of(typed_rows(("ع" * 61, "", "1"))) == {"goods_name_1": "words_too_long"}


def test_other_goods_of_the_same_sum_are_another_request() -> None:
    typed = typed_rows(("سكر", "2", "6"))
    key = entry_key(read(typed))
    assert key == entry_key(read(typed | {"amount": "12.00"}))
    assert key.facts == entry_key(read(typed | {"goods_name_1": "شاي"})).facts
    assert key != entry_key(read(typed | {"goods_name_1": "شاي"}))
    assert key != entry_key(read(typed | {"goods_quantity_1": "1", "goods_price_1": "12"}))
