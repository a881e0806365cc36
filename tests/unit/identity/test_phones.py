"""Phone numbers as people write them."""

import pytest

from daftari.identity.rules.phones import parse_phone, possible_phones, shown_phone
from daftari.kernel.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "country", "phone"),
    [
        ("0501234567", "SA", "+966501234567"),
        ("٠٥٠١٢٣٤٥٦٧", "SA", "+966501234567"),
        ("۰۵۰۱۲۳۴۵۶۷", "SA", "+966501234567"),
        ("\u200f050 123-4567\u202c", "SA", "+966501234567"),
        ("+966 50 123 4567", "EG", "+966501234567"),
        ("٠٠٩٦٦٥٠١٢٣٤٥٦٧", "YE", "+966501234567"),
        ("771234567", "YE", "+967771234567"),
        ("01001234567", "EG", "+201001234567"),
        ("0612345678", "MA", "+212612345678"),
        ("+966501234567", "", "+966501234567"),
    ],
)
def test_a_number_is_read_as_it_is_dialled(typed, country, phone):
    assert parse_phone(typed, country) == phone


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "phone_missing"),
        (" \u202e ", "phone_missing"),
        ("هاتف", "phone_not_a_phone"),
        ("12", "phone_not_a_phone"),
        ("050123456", "phone_not_a_phone"),
        ("05012345678", "phone_not_a_phone"),
        ("0501234567 ext. 9", "phone_not_a_phone"),
        ("0" * 41, "phone_not_a_phone"),
        ("+", "phone_not_a_phone"),
    ],
)
def test_what_is_no_number_is_refused(typed, reason):
    with pytest.raises(Refusal) as refused:
        parse_phone(typed, "SA")
    assert refused.value.reasons["phone"].name == reason


def test_a_local_number_needs_a_country():
    with pytest.raises(Refusal):
        parse_phone("0501234567", "")


def test_without_a_country_a_number_means_all_it_may_mean():
    assert "+966501234567" in possible_phones("0501234567")
    assert possible_phones("+966501234567") == ("+966501234567",)
    for typed, reason in (("", "phone_missing"), ("5", "phone_not_a_phone")):
        with pytest.raises(Refusal) as refused:
            possible_phones(typed)
        assert refused.value.reasons["phone"].name == reason


def test_a_number_is_shown_in_groups():
    assert shown_phone("+966501234567") == "+966 50 123 4567"
