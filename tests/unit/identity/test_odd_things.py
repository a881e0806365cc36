"""From where on something is odd: the usual thresholds, those of a shop, and its night."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from daftari.identity.rules.alerts import (
    is_many,
    is_night,
    large_at_night_minor,
    many_accounts,
    many_reversals,
    night_of,
    tells_exports,
    tells_new_phones,
)
from daftari.identity.rules.thresholds import Thresholds
from daftari.kernel.money import CURRENCIES
from tests.book import SHOP


def with_thresholds(**chosen):
    return replace(SHOP, thresholds=Thresholds(**chosen))


@pytest.mark.parametrize(
    ("day_ends", "night"),
    [(0, (23, 5)), (1, (1, 5)), (2, (2, 5)), (3, (3, 5)), (4, (4, 6)), (5, (5, 7)), (6, (6, 8))],
)
def test_the_night_of_a_shop_that_works_late_begins_with_the_end_of_its_day(day_ends, night):
    assert night_of(replace(SHOP, day_ends=day_ends)) == night


def test_a_shop_chooses_its_own_night():
    assert night_of(with_thresholds(night_from=21)) == (21, 5)
    assert night_of(with_thresholds(night_from=0, night_until=4)) == (0, 4)
    assert night_of(replace(with_thresholds(night_until=7), day_ends=3)) == (3, 7)


# Riyadh is three hours ahead of UTC.
@pytest.mark.parametrize(
    ("chosen", "utc", "is_so"),
    [
        ({}, "19:59", False),
        ({}, "20:00", True),
        ({}, "21:30", True),
        ({}, "01:59", True),
        ({}, "02:00", False),
        ({}, "09:00", False),
        ({"night_from": 1, "night_until": 4}, "21:59", False),
        ({"night_from": 1, "night_until": 4}, "22:00", True),
        ({"night_from": 1, "night_until": 4}, "01:00", False),
        ({"night_from": 4, "night_until": 4}, "01:00", False),
        ({"night_from": 0, "night_until": 0}, "21:00", False),
    ],
)
def test_night_is_by_the_clock_of_the_shop(chosen, utc, is_so):
    assert SHOP.zone == "Asia/Riyadh"
    at = datetime.fromisoformat(f"2026-11-23T{utc}").replace(tzinfo=UTC)
    assert is_night(with_thresholds(**chosen), at) is is_so


@pytest.mark.parametrize(
    ("count", "threshold", "is_so"),
    [(4, 5, False), (5, 5, True), (6, 5, True), (1, 1, True), (0, 0, False), (100, 0, False)],
)
def test_many_is_the_threshold_and_more_and_0_is_never(count, threshold, is_so):
    assert is_many(count, threshold) is is_so


def test_every_threshold_has_a_usual_value_and_can_be_off():
    assert (many_reversals(SHOP), many_accounts(SHOP)) == (5, 40)
    assert tells_exports(SHOP)
    assert tells_new_phones(SHOP)
    off = with_thresholds(
        many_reversals=0, many_accounts=0, large_at_night_minor=0, on_export=0, on_new_phone=0
    )
    assert (many_reversals(off), many_accounts(off), large_at_night_minor(off)) == (0, 0, 0)
    assert not tells_exports(off)
    assert not tells_new_phones(off)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_a_large_amount_at_night_is_known_in_every_currency(currency):
    assert large_at_night_minor(replace(SHOP, currency=currency)) > 0
