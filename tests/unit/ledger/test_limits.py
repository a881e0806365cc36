"""What a credit limit counts, in which currencies, and by which rates."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daftari.kernel.money import COMMA, POINT
from daftari.kernel.rates import convert, format_rate, parse_rate
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.country import change_book_currency
from daftari.ledger.actions.rates import change_rates
from daftari.ledger.rules.commands import ChangeRates
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.limits import counted_debt, is_beyond_limit
from daftari.ledger.store.rates import find_rates
from tests.book import KARIM, UMM_SALIM, open_book

CASES = json.loads((Path(__file__).parents[2] / "cases" / "limits.json").read_text())
USD_AT_3_75 = ChangeRates({"USD": 375000000})


def test_the_shared_table_is_the_long_one():
    assert len(CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_limit_counts(case):
    debt = counted_debt(case["balances"], case["rates"], case["main"])
    assert (debt.minor, list(debt.uncounted)) == (case["counted"], case["uncounted"])
    assert is_beyond_limit(case["limit"], debt) is case["beyond"]


@pytest.mark.parametrize(
    ("text", "notation", "rate"),
    [
        ("3.75", POINT, 375000000),
        ("٣٫٧٥", POINT, 375000000),
        ("3,75", COMMA, 375000000),
        ("3.750", POINT, 375000000),
        ("1,500", POINT, 150000000000),
        ("1.500", COMMA, 150000000000),
        ("89500", POINT, 8950000000000),
        ("0.00001117", POINT, 1117),
        ("9999999.99999999", POINT, 999999999999999),
    ],
)
def test_a_rate_as_it_is_typed(text, notation, rate):
    assert parse_rate(text, notation) == rate


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0", "rate_not_positive"),
        ("0.000", "rate_not_positive"),
        ("-3.75", "rate_not_positive"),
        ("3.751234567891", "rate_too_many_decimals"),
        ("0.000000001", "rate_too_many_decimals"),
        ("3.750000000000", "rate_too_many_decimals"),
        ("10000000", "rate_too_large"),
        ("", "rate_not_a_number"),
        ("ثلاثة", "rate_not_a_number"),
        ("3٫75 ريال", "rate_not_a_number"),
        ("3,75", "amount_ambiguous_separator"),
        ("3،75", "amount_ambiguous_separator"),
    ],
)
def test_a_rate_that_cannot_be_is_refused_by_name(text, reason):
    with pytest.raises(Refusal) as refusal:
        parse_rate(text, POINT)
    assert refusal.value.reasons["rate"].name == reason


@given(
    st.integers(1, 10**15 - 1), st.sampled_from([POINT, COMMA]), st.sampled_from(["latn", "arab"])
)
def test_a_rate_is_read_as_it_was_shown(rate, notation, digits):
    assert parse_rate(format_rate(rate, digits, notation), notation) == rate


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15 - 1))
def test_a_debt_and_an_advance_are_converted_alike(minor, rate):
    assert convert(minor, "USD", rate, "KWD") == -convert(-minor, "USD", rate, "KWD")


@pytest.fixture
def book():
    with open_book() as book:
        yield book


def owed(book, customer, amount_minor, currency="SAR", *, by=KARIM, kind=Kind.DEBT):
    return book.entry(customer, kind, amount_minor, currency=currency, by=by)


def refused(book, *entry, **rest):
    with pytest.raises(Refusal, match="beyond_credit_limit") as refusal:
        owed(book, *entry, **rest)
    return refusal.value.reasons["amount"].params


def test_a_debt_in_dollars_counts_by_the_rate_that_was_typed(book):
    abu_ali = book.customer(credit_limit_minor=100000)
    book.write(change_rates, UMM_SALIM, book.at, USD_AT_3_75)
    owed(book, abu_ali, 20000, "USD")
    assert refused(book, abu_ali, 25001) == {"limit_minor": 100000, "currency": "SAR"}
    assert refused(book, abu_ali, 6667, "USD")["currency"] == "SAR"
    owed(book, abu_ali, 25000)
    owed(book, abu_ali, 1, "SAR", by=UMM_SALIM)
    details = book.sql("SELECT details FROM alerts WHERE kind = 'limit_passed'")
    assert json.loads(details[0][0])["balance_minor"] == 100001


def test_an_advance_in_one_currency_makes_room_in_another(book):
    abu_ali = book.customer(credit_limit_minor=0)
    book.write(change_rates, UMM_SALIM, book.at, USD_AT_3_75)
    owed(book, abu_ali, 37500, kind=Kind.PAYMENT)
    owed(book, abu_ali, 10000, "USD")
    refused(book, abu_ali, 1, "USD")


def test_a_currency_without_a_rate_is_not_counted(book):
    abu_ali = book.customer(credit_limit_minor=100000)
    owed(book, abu_ali, 999999, "USD")
    owed(book, abu_ali, 100000)
    refused(book, abu_ali, 1)


def test_a_limit_of_nothing_is_no_debt_in_any_currency(book):
    abu_ali = book.customer(credit_limit_minor=0)
    refused(book, abu_ali, 1)
    refused(book, abu_ali, 1, "USD")
    refused(book, abu_ali, 1, kind=Kind.OPENING)
    owed(book, abu_ali, 500, kind=Kind.PAYMENT)
    owed(book, abu_ali, 500)
    owed(book, abu_ali, 1, by=UMM_SALIM)


def test_rates_are_kept_with_their_day_and_forgotten_with_the_currency(book):
    book.write(change_rates, UMM_SALIM, book.at, USD_AT_3_75)
    assert book.sql("SELECT typed_on, typed_by FROM rates") == [("2026-11-23", UMM_SALIM.person.id)]
    book.write(change_rates, UMM_SALIM, book.at, replace(USD_AT_3_75, rates={"EUR": 4 * 10**8}))
    assert book.write(find_rates) == {"USD": 375000000, "EUR": 400000000}
    book.write(change_rates, UMM_SALIM, book.at, ChangeRates({"EUR": None}))
    assert book.write(find_rates) == {"USD": 375000000}
    noted = book.sql("SELECT details FROM activity WHERE verb = 'change_rates'")
    assert {"EUR": [400000000, None]} in [json.loads(details) for (details,) in noted]
    book.write(change_book_currency, "SAR", "KWD")
    assert book.write(find_rates) == {}


def test_the_same_rate_again_is_no_change(book):
    book.write(change_rates, UMM_SALIM, book.at, USD_AT_3_75)
    book.write(change_rates, KARIM, book.at, USD_AT_3_75)
    assert len(book.sql("SELECT * FROM activity WHERE verb = 'change_rates'")) == 1
