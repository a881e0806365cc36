"""When to try again, and when not."""

from datetime import UTC, datetime, timedelta

import pytest

from daftari.delivery.rules import State
from daftari.delivery.rules.outcomes import (
    LONGEST_WAIT,
    MOST_ATTEMPTS,
    in_doubt,
    next_attempt,
    retry_after,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_each_wait_is_longer_and_there_is_an_end():
    waits = [next_attempt(NOW, attempts, None) for attempts in range(1, MOST_ATTEMPTS)]
    assert waits[0] == NOW + timedelta(minutes=1)
    assert all(a < b or b == NOW + LONGEST_WAIT for a, b in zip(waits, waits[1:], strict=False))
    assert next_attempt(NOW, MOST_ATTEMPTS, None) is None


def test_the_provider_may_ask_for_more_patience_but_not_for_ever():
    assert next_attempt(NOW, 1, timedelta(minutes=30)) == NOW + timedelta(minutes=30)
    assert next_attempt(NOW, 1, timedelta(seconds=1)) == NOW + timedelta(minutes=1)
    assert next_attempt(NOW, 1, timedelta(days=400)) == NOW + LONGEST_WAIT


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(0)),
        (None, None),
        ("", None),
        ("-5", None),
        ("1e9", None),
        ("٩٩", None),
        ("9" * 40, None),
        ("Wed, 25 Nov 2026 09:00:00 GMT", None),
    ],
)
def test_the_wait_a_provider_asks_for(header, wait):
    assert retry_after(header) == wait


def test_doubt_is_asked_about_again_only_where_that_does_no_harm():
    assert in_doubt(True)("provider_silent", None).state is State.READY
    assert in_doubt(True)("provider_silent", None).at_last is State.UNKNOWN
    assert in_doubt(False)("provider_silent", None).state is State.UNKNOWN
