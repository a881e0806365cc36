"""Lifetimes of sessions and of passkey verification."""

from datetime import datetime, timedelta

IDLE = timedelta(days=30)
LONGEST = timedelta(days=180)
TOUCH_EVERY = timedelta(hours=1)
REMEMBERED = timedelta(days=90)
RECHECK_WITHIN = timedelta(minutes=10)


TURN_LASTS = timedelta(hours=12)


def expiry(created_at: datetime, seen_at: datetime, is_turn: bool = False) -> datetime:
    """The time at which a session expires: after 30 days without use, or 180 days in all; a turn on
    a shared till 12 hours after it began.
    """
    if is_turn:
        return created_at + TURN_LASTS
    return min(seen_at + IDLE, created_at + LONGEST)


def is_fresh(verified_at: datetime | None, now: datetime) -> bool:
    """Whether the passkey was verified recently enough for a sensitive action."""
    return verified_at is not None and now - verified_at < RECHECK_WITHIN
