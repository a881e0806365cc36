"""Messaging settings of a shop, and limits that no shop can change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from daftari.customers.rules.consent import ConsentChannel
from daftari.kernel.refusal import Refusal

EARLIEST_HOUR = 8
LATEST_HOUR = 21
"""Limits of the hours for reminders, by the shop's clock, whatever the shop has chosen."""

AUTOMATIC_EVERY = timedelta(days=7)
"""The minimum time between a reminder and the next automatic one to the same customer."""

MOST_AUTOMATIC_A_DAY = 200
MOST_IN_A_BATCH = 50

BY_ITSELF = (ConsentChannel.SMS, ConsentChannel.EMAIL)
"""Channels that are sent automatically."""

BEFORE = (0, 1, 2, 3, 7)
"""Choices for the first reminder: days before the due date."""


@dataclass(frozen=True, slots=True)
class AvailableChannels:
    """Channels of an installation. `origin`: of stop links; `closed`: channels without a
    provider.
    """

    origin: str
    closed: frozenset[ConsentChannel] = frozenset()

    @property
    def open(self) -> tuple[ConsentChannel, ...]:
        """The channels that the operator has set up."""
        return tuple(channel for channel in ConsentChannel if channel not in self.closed)


class Tone(StrEnum):
    GENTLE = "gentle"
    PLAIN = "plain"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class MessagingSettings:
    """The messaging settings of a shop, and the progress of its daily plan.

    `language`: of messages to customers without one of their own. `greets`: with a greeting in
    Ramadan and on the feasts. From `quiet_from` until `quiet_until` (hours of the shop's clock) no
    reminder is sent. `automatic`, `receipts`: channels for automatic messages, the first usable one
    is used; none: off. `days_before`: 0 is the due date itself. `receipts_after`: the sequence of
    the last entry that needs no receipt any more. `planned_on`, `digest_on`: the last day with a
    plan, and with a digest.

    Hours outside the limits become the nearest inside, even if a stored row has others.
    """

    tone: Tone = Tone.GENTLE
    language: str = "ar"
    greets: bool = True
    quiet_from: int = LATEST_HOUR
    quiet_until: int = 10
    automatic: tuple[ConsentChannel, ...] = ()
    days_before: int = 0
    receipts: tuple[ConsentChannel, ...] = ()
    receipts_after: int = 0
    planned_on: date | None = None
    digest_on: date | None = None

    def __post_init__(self) -> None:
        until = min(max(self.quiet_until, EARLIEST_HOUR), LATEST_HOUR - 1)
        object.__setattr__(self, "quiet_until", until)
        object.__setattr__(self, "quiet_from", min(max(self.quiet_from, until + 1), LATEST_HOUR))


CHOSEN: Final = (
    "tone",
    "language",
    "greets",
    "quiet_from",
    "quiet_until",
    "automatic",
    "days_before",
    "receipts",
)
"""The settings that a person chooses; the others are the progress of the plan."""


def chosen_of(settings: MessagingSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in CHOSEN}


def refuse_hours(quiet_from: int, quiet_until: int) -> None:
    """Raises Refusal(quiet_from='quiet_hours_not_right') for hours outside the limits."""
    if not EARLIEST_HOUR <= quiet_until < quiet_from <= LATEST_HOUR:
        raise Refusal(quiet_from="quiet_hours_not_right")


def chosen(marked: Collection[str]) -> tuple[ConsentChannel, ...]:
    """The selected automatic channels, in their order."""
    return tuple(channel for channel in BY_ITSELF if channel in marked)


def changes(old: MessagingSettings, new: MessagingSettings) -> Mapping[str, tuple[object, object]]:
    """Old and new values of changed settings, for the audit log."""
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in MessagingSettings.__slots__}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
