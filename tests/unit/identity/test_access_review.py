"""When a review of permissions is due: 90 days after the second person came, or after the last."""

from datetime import UTC, datetime, timedelta

import pytest

from daftari.identity.rules.access_review import Stay, due_at, state_of, together_since

START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def stays(*days: tuple[int, int | None]) -> list[Stay]:
    return [Stay(day(since), None if until is None else day(until)) for since, until in days]


@pytest.mark.parametrize(
    ("people", "since"),
    [
        ([], None),
        ([(0, None)], None),
        ([(0, None), (10, None)], 10),
        ([(10, None), (0, None), (30, None)], 10),
        ([(0, None), (10, 20)], None),
        ([(0, None), (10, 20), (30, None)], 30),
        ([(0, None), (10, 40), (30, None)], 10),
        ([(0, None), (10, 30), (30, None)], 10),
        ([(0, 50), (10, None), (30, None)], 10),
        ([(0, 20), (10, None)], None),
    ],
)
def test_two_people_are_together_since_the_second_came_without_a_break(people, since):
    assert together_since(stays(*people)) == (None if since is None else day(since))


@pytest.mark.parametrize(
    ("people", "reviewed", "due"),
    [
        ([(0, None)], None, None),
        ([(0, None)], 50, None),
        ([(0, None), (10, None)], None, 100),
        ([(0, None), (10, None)], 95, 185),
        ([(0, None), (10, None)], 5, 100),
        ([(0, None), (10, 20), (200, None)], 15, 290),
        ([(0, None), (10, None), (99, None)], None, 100),
    ],
)
def test_a_review_is_due_90_days_after_the_second_person_or_the_last_review(people, reviewed, due):
    at = None if reviewed is None else day(reviewed)
    assert due_at(stays(*people), at) == (None if due is None else day(due))


def test_the_state_is_the_same_in_any_order_and_another_with_any_change():
    one = [("karim", "cashier", "see_totals"), ("salma", "viewer", ""), ("phone", "1")]
    assert state_of(one) == state_of(one[::-1])
    others = [one[:2], [*one, ("phone", "2")], [("karim", "manager", "see_totals"), *one[1:]]]
    assert len({state_of(other) for other in (one, *others)}) == 4
