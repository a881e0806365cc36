"""Messages of the outbox, and the states they pass through.

ready → sending → accepted            accepted by the provider, with its id
          ├──→ failed                 refused for good
          ├──→ unknown                perhaps accepted; never retried
          └──→ ready                  temporary failure; retried later
ready → cancelled                     its check failed when it was due, or it expired
prepared → opened                     the owner sends it in WhatsApp; the result is not known
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from daftari.kernel.ids import new_id


class Channel(StrEnum):
    """The channel on which a message is sent."""

    PUSH = "push"
    SMS = "sms"
    EMAIL = "email"
    WHATSAPP = "whatsapp"


class State(StrEnum):
    """The state of a message in the outbox."""

    READY = "ready"
    SENDING = "sending"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    PREPARED = "prepared"
    OPENED = "opened"
    CANCELLED = "cancelled"


AUTOMATIC = frozenset({Channel.PUSH, Channel.SMS, Channel.EMAIL})
"""Channels that are sent automatically. A WhatsApp text stays `prepared` until it is opened."""

SENT = frozenset({State.SENDING, State.ACCEPTED, State.UNKNOWN, State.OPENED})
"""States in which the message was sent, or may have been sent."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be added to the outbox.

    `to`: an E.164 number, an e-mail address, or the id of a push subscription. `dedupe`: the
    deduplication key; the outbox keeps one message for each key. `purpose`: the purpose of the
    consent (`reminder`, `receipt`, `statement`), or `digest`, `alert`, `test` for the shop's own
    devices. `text`: the exact text. `details`: values for the check at the moment of sending; in a
    push message also the values of its text. `not_before`: at once when None. `expires_at`: after
    it, the message is cancelled. `created_by`: the person who asked for it, None for the program
    itself.
    """

    channel: Channel
    purpose: str
    dedupe: str
    to: str
    text: str
    subject: str = ""
    customer_id: str | None = None
    person_id: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    expires_at: datetime | None = None
    created_by: str | None = None
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A stored message of the outbox. `attempts`: how many times it was claimed."""

    id: str
    channel: Channel
    purpose: str
    state: State
    to: str
    text: str
    subject: str
    details: Mapping[str, Any]
    customer_id: str | None
    person_id: str | None
    segments: int
    attempts: int
    created_at: datetime
    created_by: str | None
    expires_at: datetime | None
