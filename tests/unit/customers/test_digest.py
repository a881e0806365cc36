"""The digest that tells two requests of one id apart stays as it was for what was sent before."""

import pytest

from daftari.customers.rules import Details
from daftari.customers.rules.customer import digest

FIRST = Details("أبو علي", "الخباز", "+966501234567", credit_limit_minor=100)
WITH_EMAIL = Details("أبو علي", email="a@example.com")


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (FIRST, "c369265557d6ae32c420827569008f5b937014ec7bab009be29e01e0c6e0d437"),
        (WITH_EMAIL, "3d6b00b1826788a163310279d3f350204e81dabfce75d8ea0d0a54c2a58669e6"),
    ],
)
def test_what_was_sent_before_a_later_detail_existed_has_the_same_digest(details, expected):
    assert digest(details) == expected


def test_a_later_detail_that_is_set_makes_another_digest():
    assert digest(Details("أبو علي", neighbourhood="حي الروضة")) != digest(Details("أبو علي"))
