"""Amounts in words: the table shared with JavaScript, and what holds for all."""

import json
from pathlib import Path

import pytest

from daftari.kernel.money import CURRENCIES
from daftari.kernel.words import amount_in_words, unit_forms

CASES = json.loads(Path("tests/cases/words.json").read_text("utf-8"))


def test_the_shared_table_is_the_long_one():
    assert len(CASES["words"]) >= 60


@pytest.mark.parametrize("case", CASES["words"], ids=lambda c: f"{c['minor']} {c['currency']}")
def test_an_amount_is_read_in_words(case):
    words = amount_in_words(case["minor"], case["currency"], case["language"])
    assert words == case["words"]


@pytest.mark.parametrize("code", CURRENCIES)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_and_the_table_hold_the_same_shapes(code, language):
    shapes = unit_forms(code, language)
    assert json.loads(json.dumps(shapes)) == shapes
    assert CASES["forms"][language].get(code, shapes) == shapes


@pytest.mark.parametrize("code", CURRENCIES)
def test_every_currency_is_named_in_words_as_in_the_list(code):
    size = 10 ** CURRENCIES[code].decimals
    assert amount_in_words(100 * size, code, "ar") == f"مئة {CURRENCIES[code].name_ar}"
    assert amount_in_words(size, code, "en") == f"one {CURRENCIES[code].name_en}"


@pytest.mark.parametrize("code", CURRENCIES)
def test_only_a_currency_with_decimals_has_parts(code):
    has_parts = unit_forms(code, "ar")["part"] is not None
    assert has_parts == (CURRENCIES[code].decimals > 0)
