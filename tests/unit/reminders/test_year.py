"""A year of a shop: no reminder without consent, none at night, none twice, none lost."""

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from tests.book import open_book
from tests.chances import examples
from tests.unit.reminders.year import PEOPLE, Event, Year

PERMISSIONS = (
    "debt",
    "debt",
    "payment",
    "promise",
    "consent",
    "stop_link",
    "by_hand",
    "settings",
    "outage",
    "provider",
)
BEGINNING = [
    *(Event(0, 12, "consent", who, 127) for who in range(PEOPLE)),
    *(Event(1, 12, "debt", who, 900 + who) for who in range(PEOPLE)),
    Event(2, 12, "settings", 0, 3),
]
NIGHTS = [  # asked for late in the evening, and by the morning it is no longer right
    Event(12, 22, "by_hand", 0, 0),
    Event(13, 3, "stop_link", 0, 0),
    Event(14, 12, "consent", 0, 127),
    Event(24, 23, "by_hand", 1, 1),
    Event(25, 2, "payment", 1, 5),
    Event(36, 22, "by_hand", 2, 0),
    Event(37, 1, "promise", 2, 4),
    Event(48, 22, "by_hand", 0, 1),
    Event(49, 6, "debt", 0, 30),
]
EVENTS = st.lists(
    st.builds(
        Event,
        st.integers(3, 360),
        st.integers(0, 23),
        st.sampled_from(PERMISSIONS),
        st.integers(0, PEOPLE - 1),
        st.integers(0, 2000),
    ),
    max_size=40,
)


@pytest.mark.thorough
@settings(
    max_examples=examples(3),
    phases=[Phase.generate],
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(EVENTS)
def test_no_message_leaves_that_should_not_and_none_is_lost(events):
    with open_book() as book:
        year = Year(book)
        year.live([*BEGINNING, *NIGHTS, *events])
        assert not year.complaints
        for kind, count in year.reminded().items():
            event(f"{kind}: {min(count, 100) // 10 * 10} and more")


@pytest.mark.thorough
def test_a_quiet_year_reminds_every_eighth_day_and_at_the_same_hour():
    """The second opinion has something to judge: three debtors who never pay, for a year."""
    with open_book() as book:
        year = Year(book)
        year.live(BEGINNING)
        assert not year.complaints
        assert year.reminded()["automatic"] > 3 * 40
        for memory in year.memory.values():
            days = [one.at for one in memory.left]
            gaps = {(later - one).days for one, later in zip(days, days[1:], strict=False)}
            assert gaps <= {7, 8}
