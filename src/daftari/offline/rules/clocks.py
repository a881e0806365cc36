"""The phone's clock: its offset is measured, since it may be wrong by years."""

from datetime import datetime, timedelta
from typing import Final

from daftari.kernel.clock import from_text

TOLD_BEYOND: Final = timedelta(minutes=5)
OLDEST: Final = timedelta(days=400)


def ahead_of(at: datetime, phone_now: str) -> timedelta | None:
    """How far the phone's clock is ahead of ours, negative when behind; None when it is not a
    time.
    """
    said = _moment(phone_now)
    return None if said is None else said - at


def seconds_off(ahead: timedelta | None) -> int | None:
    """The clock offset in whole seconds when it is above five minutes, else None."""
    if ahead is None or abs(ahead) <= TOLD_BEYOND:
        return None
    return round(ahead.total_seconds())


def born_at(at: datetime, ahead: timedelta | None, made_at: str) -> datetime:
    """The time an item was made, by our clock; `at` itself when the phone's time is not plausible.

    Not plausible: not a time, after now, or more than 400 days ago.
    """
    said = _moment(made_at)
    if said is None or ahead is None:
        return at
    age = at + ahead - said
    return at - age if timedelta(0) <= age <= OLDEST else at


def _moment(text: str) -> datetime | None:
    """The moment from ISO text; None when it is invalid, or too near the limits of `datetime`."""
    try:
        return from_text(text)
    except (ValueError, OverflowError):
        return None
