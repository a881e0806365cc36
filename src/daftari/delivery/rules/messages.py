"""Messages of the outbox, and the states they pass through.

ready → sending → accepted            the provider took it, and named it
          ├──→ failed                 it never will be taken
          ├──→ unknown                nobody can say whether it was taken; it is not repeated
          └──→ ready                  not this time; tried again later
ready → cancelled                     no longer right at the moment of sending, or too late
prepared → opened                     the owner's own hand sends it: nobody knows whether he did
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from daftari.db.base import ReadTx
from daftari.identity.rules import Shop
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Reason


class Channel(StrEnum):
    """By which way a message leaves."""

    PUSH = "push"
    SMS = "sms"
    EMAIL = "email"
    WHATSAPP = "whatsapp"


class State(StrEnum):
    """What became of a message."""

    READY = "ready"
    SENDING = "sending"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    PREPARED = "prepared"
    OPENED = "opened"
    CANCELLED = "cancelled"


AUTOMATIC = frozenset({Channel.PUSH, Channel.SMS, Channel.EMAIL})
"""The ways that need no hand. A WhatsApp text waits, prepared, until the owner opens it."""

SENT = frozenset({State.SENDING, State.ACCEPTED, State.UNKNOWN, State.OPENED})
"""States in which the message left, or may have left."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to be put into the outbox.

    `to`: an E.164 number, an address of e-mail, or the id of a phone's push subscription.
    `dedupe`: a second message that says the same is the same message.
    `purpose`: what consent is asked for (`reminder`, `receipt`, `statement`), or `digest`, `alert`,
    `test` for the shop's own phones. `text`: the exact words. `details`: what the purpose's own
    check needs at the moment of sending; nothing of it is shown or sent.
    `not_before`: at once when None. `expires_at`: later it is cancelled instead of sent.
    `created_by`: the person who asked for it, None for the program itself.
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
    """A message of the outbox, as it stands there. `attempts`: how often it was claimed."""

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


Check = Callable[[ReadTx, Shop, datetime, Outgoing], Reason | datetime | None]
"""Asked again at the moment of sending, in the transaction of the claim: `check(tx, shop, at,
message)`. A reason cancels the message, a moment postpones it, None lets it go."""

Checks = Mapping[str, Check]
"""The check of each purpose that has one."""
