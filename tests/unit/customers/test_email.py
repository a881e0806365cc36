"""What is an e-mail address, and what only looks like one."""

import pytest

from daftari.customers.rules.email import parse_email
from daftari.kernel.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("abu.ali@example.com", "abu.ali@example.com"),
        ("  Abu+shop@EXAMPLE.com ", "Abu+shop@example.com"),
        ("ali@خبز.com", "ali@xn--ngbln.com"),
        ("\u200fali@example.co.uk\u200f", "ali@example.co.uk"),
    ],
)
def test_an_address_is_kept_as_it_can_be_sent_to(typed, kept):
    assert parse_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "ali",
        "ali@",
        "@example.com",
        "ali@example",
        "ali@@example.com",
        "ali@example..com",
        "a li@example.com",
        "ali@example.com, huda@example.com",
        "ali@example.com\r\nBcc: all@example.com",
        '"ali"@example.com',
        "Ali <ali@example.com>",
        "ali@127.0.0.1",
        "ali@[::1]",
        "علي@example.com",
        "a" * 65 + "@example.com",
        "ali@" + "a" * 64 + ".com",
        "ali@" + "a.b" * 90 + ".com",
    ],
)
def test_what_is_none_is_refused(typed):
    with pytest.raises(Refusal) as refused:
        parse_email(typed)
    assert refused.value.reasons["email"].name == "email_not_an_email"
