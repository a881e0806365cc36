"""What came of trying to send: the transport knows, the loop obeys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from daftari.delivery.rules.messages import State

MOST_ATTEMPTS: Final = 8
MOST_CUT_OFF: Final = 24
"""Claimed so often and cut off again, a message is held to be what brings the workers down."""

LONGEST_WAIT: Final = timedelta(hours=6)
LEASE: Final = timedelta(seconds=60)
"""Longer than any attempt: whoever holds a claim beyond it is gone."""

ATTEMPT_SECONDS: Final = 10.0
LONGEST_SAID: Final = 200
_FIRST_WAIT: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt.

    `state`: `accepted`, `failed` (for good), `unknown` (perhaps taken; never repeated), or `ready`
    (not this time). `reason`: its name. `said`: the provider's own words. `wait`: how long the
    provider asks to be left alone. `is_gone`: the phone can never be reached again. `at_last`: what
    it is called when it was tried often enough.
    """

    state: State
    reason: str | None = None
    provider_id: str | None = None
    said: str | None = None
    wait: timedelta | None = None
    cost_micros: int | None = None
    cost_currency: str | None = None
    is_gone: bool = False
    at_last: State = State.FAILED


def accepted(
    provider_id: str | None = None,
    cost_micros: int | None = None,
    cost_currency: str | None = None,
) -> Outcome:
    return Outcome(
        State.ACCEPTED,
        provider_id=provider_id,
        cost_micros=cost_micros,
        cost_currency=cost_currency,
    )


def failed(reason: str, said: str | None = None, *, is_gone: bool = False) -> Outcome:
    return Outcome(State.FAILED, reason, said=said, is_gone=is_gone)


def passing(reason: str, said: str | None = None, wait: timedelta | None = None) -> Outcome:
    return Outcome(State.READY, reason, said=said, wait=wait)


def unknown(reason: str, said: str | None = None) -> Outcome:
    return Outcome(State.UNKNOWN, reason, said=said)


Doubt = Callable[[str, str | None], Outcome]
"""What to say where the request went out and no clear answer came back."""


def in_doubt(is_idempotent: bool) -> Doubt:
    """A provider that knows a message again is simply asked again; of another nobody asks twice."""
    return _asked_again if is_idempotent else unknown


def _asked_again(reason: str, said: str | None = None) -> Outcome:
    return Outcome(State.READY, reason, said=said, at_last=State.UNKNOWN)


def next_attempt(at: datetime, attempts: int, wait: timedelta | None) -> datetime | None:
    """When to try again after that many attempts; None when it was tried often enough.

    A minute at first, then each time three times as long, and never sooner than the provider asks.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    usual: timedelta = _FIRST_WAIT * 3 ** (attempts - 1)
    return at + min(max(usual, wait or usual), LONGEST_WAIT)


def retry_after(text: str | None) -> timedelta | None:
    """The seconds of a Retry-After header; its form as a date is left to our own patience."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 6:
        return None
    return timedelta(seconds=int(text))
