"""How long a sign-in holds."""

from datetime import datetime, timedelta

IDLE = timedelta(days=30)
LONGEST = timedelta(days=180)
TOUCH_EVERY = timedelta(hours=1)
REMEMBERED = timedelta(days=90)
RECHECK_WITHIN = timedelta(minutes=10)


def expiry(created_at: datetime, seen_at: datetime) -> datetime:
    """A session ends after 30 days without a visit, and after 180 days whatever happens."""
    return min(seen_at + IDLE, created_at + LONGEST)


def is_fresh(verified_at: datetime | None, now: datetime) -> bool:
    """Whether the passkey was shown recently enough for a sensitive act."""
    return verified_at is not None and now - verified_at < RECHECK_WITHIN
