"""Which payment covers which debt: written as a table, `d` for a debit and `c` for a credit."""

from datetime import date, timedelta

import pytest

from daftari.ledger.rules.allocation import Allocation, OpenItem, allocate, others, reopen

FIRST_DAY = date(2026, 11, 1)


def item(sequence, effect, remaining=None, day=0):
    left = abs(effect) if remaining is None else remaining
    return OpenItem(sequence, FIRST_DAY + timedelta(days=day), None, effect, left)


def left(items):
    return {item.sequence: item.remaining_minor for item in items}


CASES = {
    "nothing": ([], [], {}),
    "a debt alone stays open": ([item(1, 50)], [], {}),
    "a payment alone is an advance": ([item(1, -50)], [], {}),
    "a payment covers a debt whole": (
        [item(1, 50), item(2, -50)],
        [Allocation(2, 1, 50)],
        {1: 0, 2: 0},
    ),
    "a payment covers a debt in part": (
        [item(1, 50), item(2, -20)],
        [Allocation(2, 1, 20)],
        {1: 30, 2: 0},
    ),
    "what is too much stays as an advance": (
        [item(1, 50), item(2, -70)],
        [Allocation(2, 1, 50)],
        {1: 0, 2: 20},
    ),
    "an advance is taken up by the next debt": (
        [item(1, -70, remaining=20), item(2, 50)],
        [Allocation(1, 2, 20)],
        {1: 0, 2: 30},
    ),
    "one payment covers two debts and part of a third": (
        [item(1, 10), item(2, 10), item(3, 10), item(4, -25)],
        [Allocation(4, 1, 10), Allocation(4, 2, 10), Allocation(4, 3, 5)],
        {1: 0, 2: 0, 3: 5, 4: 0},
    ),
    "the older day goes first, though it was written later": (
        [item(1, 10, day=5), item(2, 10, day=2), item(3, -10, day=9)],
        [Allocation(3, 2, 10)],
        {2: 0, 3: 0},
    ),
    "on one day the line that was written first goes first": (
        [item(2, 10), item(1, 10), item(3, -10)],
        [Allocation(3, 1, 10)],
        {1: 0, 3: 0},
    ),
    "two advances are taken up in their order": (
        [item(1, -10, day=3), item(2, -10, day=1), item(3, 15, day=4)],
        [Allocation(2, 3, 10), Allocation(1, 3, 5)],
        {2: 0, 1: 5, 3: 0},
    ),
}


@pytest.mark.parametrize(("items", "covers", "changed"), CASES.values(), ids=CASES)
def test_the_oldest_first(items, covers, changed):
    found, touched = allocate(items)
    assert found == covers
    assert left(touched) == changed


def test_a_reversed_payment_opens_what_it_covered():
    covers = [Allocation(4, 1, 10), Allocation(4, 2, 5)]
    freed = [item(1, 10, remaining=0), item(2, 10, remaining=0)]
    standing = [item(2, 10, remaining=5), item(3, 10)]
    assert others(covers, 4) == [1, 2]
    assert left(reopen(standing, freed, covers, 4)) == {1: 10, 2: 10, 3: 10}


def test_a_reversed_debt_gives_the_payment_back():
    standing = [item(1, 10, remaining=4)]
    opened = reopen(standing, [item(2, -6, remaining=0)], [Allocation(2, 1, 6)], 1)
    assert left(opened) == {2: 6}
