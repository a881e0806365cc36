"""Amounts as people write them: the table shared with JavaScript, and what holds for all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.digits import shown, to_latin
from daftari.kernel.money import (
    COMMA,
    CURRENCIES,
    LARGEST_AMOUNT,
    NOTATIONS,
    POINT,
    format_amount,
    parse_amount,
)
from daftari.kernel.refusal import Reason, Refusal

CASES = json.loads(Path("tests/cases/amounts.json").read_text("utf-8"))


def notation_of(name):
    """`comma blanks`: as a shop in Morocco reads it."""
    name, *blanks = name.split()
    return replace(NOTATIONS[name], blanks=bool(blanks))


def refused(text, decimals=2, notation=POINT):
    with pytest.raises(Refusal) as refusal:
        parse_amount(text, decimals, notation)
    return refusal.value.reasons["amount"]


def named(case):
    return f"{case['text']!a} {case['decimals']} {case['notation']}"


def test_the_shared_table_is_the_long_one():
    assert len(CASES["parse"]) >= 120


@pytest.mark.parametrize("case", [c for c in CASES["parse"] if "minor" in c], ids=named)
def test_an_amount_is_read_as_it_was_meant(case):
    amount = parse_amount(case["text"], case["decimals"], notation_of(case["notation"]))
    assert amount == case["minor"]


@pytest.mark.parametrize("case", [c for c in CASES["parse"] if "reason" in c], ids=named)
def test_what_is_no_amount_is_refused_by_name(case):
    reason = refused(case["text"], case["decimals"], notation_of(case["notation"]))
    assert reason.name == case["reason"]


@pytest.mark.parametrize("case", CASES["format"], ids=lambda case: case["text"])
def test_an_amount_is_shown_in_the_shops_own_way(case):
    notation = notation_of(case["notation"])
    assert format_amount(case["minor"], case["decimals"], case["digits"], notation) == case["text"]


def test_a_refused_amount_carries_what_its_sentence_needs():
    assert refused("1.2345") == Reason("amount_too_many_decimals", {"decimals": 2})
    separators = {"group": ",", "decimal": "."}
    assert refused("1,5") == Reason("amount_ambiguous_separator", separators)


def test_a_very_long_number_is_refused_and_does_no_harm():
    assert refused("9" * 100_000).name == "amount_too_large"
    assert refused(" " * 100_000 + "x" + " " * 100_000).name == "amount_not_a_number"
    assert refused("1" + ".234" * 50_000).name == "amount_ambiguous_separator"
    assert refused("1" + ",234" * 50_000).name == "amount_too_large"


@given(
    minor=st.integers(1, LARGEST_AMOUNT),
    decimals=st.sampled_from((0, 2, 3)),
    digits=st.sampled_from(("latn", "arab")),
    notation=st.sampled_from((POINT, COMMA)),
)
def test_what_is_shown_can_be_typed_again(minor, decimals, digits, notation):
    shown_amount = format_amount(minor, decimals, digits, notation)
    assert parse_amount(shown_amount, decimals, notation) == minor


def read(text, decimals, notation):
    try:
        return parse_amount(text, decimals, notation)
    except Refusal as refusal:
        return refusal.reasons["amount"].name


@given(st.text(alphabet="0123456789٠٥۵.,٬٫،-+ eE_\u200f½", max_size=12), st.sampled_from((0, 2, 3)))
def test_a_text_without_points_and_commas_means_the_same_in_every_shop(text, decimals):
    answers = {read(text, decimals, notation) for notation in (POINT, COMMA)}
    assert len(answers) == 1 or {".", ","} & set(text)


@given(st.text(max_size=20), st.sampled_from((0, 2, 3)), st.sampled_from((POINT, COMMA)))
def test_whatever_is_typed_is_an_amount_within_the_limits_or_a_named_reason(
    text, decimals, notation
):
    answer = read(text, decimals, notation)
    assert str(answer).startswith("amount_") or 0 < answer <= LARGEST_AMOUNT


@pytest.mark.parametrize("code", CURRENCIES)
def test_decimals_are_those_of_cldr(code):
    assert CURRENCIES[code].decimals == get_currency_precision(code)


def test_digits_are_read_in_three_forms_and_shown_in_two():
    assert to_latin("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹") == "0123456789 0123456789"
    assert shown("1,234.50", "arab") == "١٬٢٣٤٫٥٠"
    assert shown("1,234.50", "latn") == "1,234.50"


def test_a_stop_that_is_no_decimal_stays_as_it_is():
    assert shown("5 entries, 12 days.", "arab") == "٥ entries, ١٢ days."
