"""When it is time to review who may do what: every 90 days, in a shop of two people or more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

EVERY: Final = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Stay:
    """The time of one person in a shop; `until` is None for who is still there."""

    since: datetime
    until: datetime | None = None


def together_since(stays: Collection[Stay]) -> datetime | None:
    """Since when, without a break, the shop has had two people; None for one person or nobody."""
    joined = [(stay.since, 1) for stay in stays]
    left = [(stay.until, -1) for stay in stays if stay.until is not None]
    count, since = 0, None
    for at, change in sorted(joined + left, key=lambda one: (one[0], -one[1])):
        count += change
        if count < 2:
            since = None
        elif since is None:
            since = at
    return since


def count_present(stays: Collection[Stay]) -> int:
    """How many people are in the shop now."""
    return sum(stay.until is None for stay in stays)


def due_at(stays: Collection[Stay], reviewed_at: datetime | None) -> datetime | None:
    """From when on the next review is due; None in a shop of one person.

    The first 90 days begin when the second person came, the next with the last review.
    """
    since = together_since(stays)
    if since is None:
        return None
    return max(since, reviewed_at or since) + EVERY


def state_of(told: Collection[tuple[str, ...]]) -> str:
    """A digest of who may do what with which phones, to tell whether it is as the page showed."""
    lines = sorted(" ".join(one) for one in told)
    return sha256("\n".join(lines).encode()).hexdigest()[:32]
