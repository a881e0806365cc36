"""The phone's clock is noted and never believed alone: it may stand in 2019 or in 2038."""

from datetime import datetime, timedelta
from typing import Final

from daftari.kernel.clock import from_text

TOLD_BEYOND: Final = timedelta(minutes=5)
OLDEST: Final = timedelta(days=400)


def ahead_of(at: datetime, phone_now: str) -> timedelta | None:
    """By how much the phone's clock is ahead of ours, below zero when behind; None for no time."""
    said = _moment(phone_now)
    return None if said is None else said - at


def seconds_off(ahead: timedelta | None) -> int | None:
    """What is worth telling of it: whole seconds beyond five minutes, else None."""
    if ahead is None or abs(ahead) <= TOLD_BEYOND:
        return None
    return round(ahead.total_seconds())


def born_at(at: datetime, ahead: timedelta | None, made_at: str) -> datetime:
    """When an item was made, in our time; `at` itself where the phone's word is not plausible.

    Not plausible: no time at all, after now, or more than 400 days ago.
    """
    said = _moment(made_at)
    if said is None or ahead is None:
        return at
    age = at + ahead - said
    return at - age if timedelta(0) <= age <= OLDEST else at


def _moment(text: str) -> datetime | None:
    """None for what is no moment, or one at the ends of time that no zone can show."""
    try:
        return from_text(text)
    except (ValueError, OverflowError):
        return None
