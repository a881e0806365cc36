"""Counting distinct things within an hour, in memory."""

from datetime import UTC, datetime, timedelta

import pytest

from daftari.kernel.distinct import MOST_DOERS, MOST_THINGS, DistinctCounter

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def counter() -> DistinctCounter:
    return DistinctCounter(HOUR)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


@pytest.mark.parametrize(
    ("touched", "counts"),
    [
        (["a", "b", "c"], [1, 2, 3]),
        (["a", "a", "a"], [1, 1, 1]),
        (["a", "b", "a", "c"], [1, 2, 2, 3]),
    ],
)
def test_a_thing_that_is_touched_again_counts_once(counter, touched, counts):
    assert [counter.add("karim", one, NOW) for one in touched] == counts


def test_each_counts_by_himself(counter):
    assert counter.add("karim", "a", NOW) == counter.add("umm salim", "a", NOW) == 1


@pytest.mark.parametrize(("after", "count"), [(59, 3), (60, 2), (61, 2), (90, 1)])
def test_what_is_an_hour_old_counts_no_more(counter, after, count):
    counter.add("karim", "a", NOW)
    counter.add("karim", "b", minutes(30))
    assert counter.add("karim", "c", minutes(after)) == count


def test_touched_again_it_is_new(counter):
    counter.add("karim", "a", NOW)
    counter.add("karim", "a", minutes(50))
    assert counter.add("karim", "b", minutes(100)) == 2


def test_who_is_forgotten_begins_anew(counter):
    counter.add("karim", "a", NOW)
    counter.forget("karim")
    counter.forget("nobody")
    assert counter.add("karim", "b", NOW) == 1


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        (["أ", "أب", "أبو", "أبو ع"], 1),
        (["أبو علي", "أبو", "أبو سعد"], 1),
        (["أبو", "سعد"], 2),
        (["أبو", "سعد", "أبو"], 2),
        (["أ", "أبو", "س", "سعد", "م"], 3),
    ],
)
def test_letters_that_follow_are_the_same_search(counter, typed, count):
    assert [counter.add_text("karim", text, NOW) for text in typed][-1] == count


def test_what_is_kept_is_bounded(counter):
    for number in range(MOST_THINGS + 50):
        last = counter.add("karim", str(number), NOW)
    assert last <= MOST_THINGS + 1
    for number in range(MOST_DOERS + 50):
        counter.add(f"somebody {number}", "a", NOW)
    assert len(counter._seen) <= MOST_DOERS
    assert counter.add("karim", "b", NOW) == 1
