"""How a shop goes about its messages, and the bounds that no shop can move."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from daftari.customers.rules.consent import ConsentChannel
from daftari.kernel.refusal import Refusal
from daftari.settings import Settings

EARLIEST_HOUR = 8
LATEST_HOUR = 21
"""No reminder leaves before or after, by the shop's clock, whatever the shop has chosen."""

AUTOMATIC_EVERY = timedelta(days=7)
"""Whoever was reminded is not reminded by the program again before this has passed."""

MOST_AUTOMATIC_A_DAY = 200
MOST_IN_A_BATCH = 50

BY_ITSELF = (ConsentChannel.SMS, ConsentChannel.EMAIL)
"""The channels that need no hand of the owner."""

BEFORE = (0, 1, 2, 3, 7)
"""How many days before its day a debt may be brought to mind for the first time."""


@dataclass(frozen=True, slots=True)
class AvailableChannels:
    """What an installation can send. `origin`: where the stop links lead; `closed`: the ways for
    which the operator named no provider.
    """

    origin: str
    closed: frozenset[ConsentChannel] = frozenset()


class Tone(StrEnum):
    GENTLE = "gentle"
    PLAIN = "plain"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class MessagingSettings:
    """The shop's choices, and how far its planning has come.

    `language`: of messages to whoever has none of his own. `greets`: with a word for Ramadan and
    the feasts. From `quiet_from` until `quiet_until` (hours of the shop's clock) no reminder goes.
    `automatic`, `receipts`: channels the program uses by itself, the first that can be used; none:
    it does not. `days_before`: 0 is on the day itself. `receipts_after`: the sequence of the last
    entry that needs no receipt any more. `planned_on`, `digest_on`: the last day that was planned,
    and told to the phones.

    Hours outside the bounds become the nearest inside: no row of the file moves them.
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


def available_channels(settings: Settings) -> AvailableChannels:
    """The post of this installation."""
    opened = {
        ConsentChannel.SMS: settings.sms_provider is not None,
        ConsentChannel.EMAIL: settings.smtp_url,
    }
    return AvailableChannels(
        settings.origin, frozenset(one for one, is_open in opened.items() if not is_open)
    )


def refuse_hours(quiet_from: int, quiet_until: int) -> None:
    """Raises Refusal(quiet_from='quiet_hours_not_right')."""
    if not EARLIEST_HOUR <= quiet_until < quiet_from <= LATEST_HOUR:
        raise Refusal(quiet_from="quiet_hours_not_right")


def chosen(marked: Collection[str]) -> tuple[ConsentChannel, ...]:
    """Those of the channels that need no hand, in their order."""
    return tuple(channel for channel in BY_ITSELF if channel in marked)


def changes(old: MessagingSettings, new: MessagingSettings) -> Mapping[str, tuple[object, object]]:
    """Old and new of what is not the same; for the diary."""
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in MessagingSettings.__slots__}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
