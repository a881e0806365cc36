"""Outcomes of attempts to send, and the schedule of retries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from daftari.delivery.rules.messages import State

MOST_ATTEMPTS: Final = 8
MOST_CUT_OFF: Final = 24
"""A message whose claim expired so many times is not retried: it probably crashes the worker."""

LONGEST_WAIT: Final = timedelta(hours=6)
LEASE: Final = timedelta(seconds=60)
"""The lease of a claim, longer than any attempt: after it, the dispatcher that claimed it is
dead.
"""

ATTEMPT_SECONDS: Final = 10.0
LONGEST_SAID: Final = 200
_FIRST_WAIT: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one attempt.

    `state`: `accepted`, `failed` (for good), `unknown` (perhaps accepted; never retried), or
    `ready` (to be retried). `reason`: its name. `said`: the provider's error message. `wait`: the
    provider's Retry-After. `is_gone`: the push subscription no longer exists. `at_last`: the state
    when no attempts are left.
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
"""The outcome when the request was sent and no clear response came back."""


def in_doubt(is_idempotent: bool) -> Doubt:
    """The outcome of an unclear response: a retry when the provider is idempotent, else
    `unknown`.
    """
    return _retry_later if is_idempotent else unknown


def _retry_later(reason: str, said: str | None = None) -> Outcome:
    return Outcome(State.READY, reason, said=said, at_last=State.UNKNOWN)


def next_attempt(at: datetime, attempts: int, wait: timedelta | None) -> datetime | None:
    """The time of the next attempt after `attempts` failures; None when no attempts are left.

    The delay is one minute at first, then three times as long each time, and never shorter than the
    provider's Retry-After.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    usual: timedelta = _FIRST_WAIT * 3 ** (attempts - 1)
    return at + min(max(usual, wait or usual), LONGEST_WAIT)


def retry_after(text: str | None) -> timedelta | None:
    """The seconds of a Retry-After header; None for a date, where our own delay applies."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 6:
        return None
    return timedelta(seconds=int(text))
