"""SQL of messages: adding them to the outbox and reading them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import func, select, update

from daftari.db.base import ReadTx, WriteTx, insert_new
from daftari.delivery.rules import Channel, Message, Outgoing, State
from daftari.delivery.tables import messages

OUTGOING: Final = (
    messages.c.id,
    messages.c.channel,
    messages.c.purpose,
    messages.c.state,
    messages.c.payload,
    messages.c.customer_id,
    messages.c.person_id,
    messages.c.segments,
    messages.c.attempts,
    messages.c.created_at,
    messages.c.created_by,
    messages.c.expires_at,
)


def insert_message(
    tx: WriteTx, at: datetime, message: Message, state: State, segments: int
) -> bool:
    """Insert a message. True when the outbox held none with the same `dedupe` key."""
    payload = {
        "to": message.to,
        "text": message.text,
        "subject": message.subject,
        "details": message.details,
    }
    row = {
        "id": message.id,
        "channel": message.channel,
        "purpose": message.purpose,
        "state": state,
        "dedupe": message.dedupe,
        "customer_id": message.customer_id,
        "person_id": message.person_id,
        "payload": msgspec.json.encode(payload).decode(),
        "not_before": message.not_before or at,
        "expires_at": message.expires_at,
        "attempts": 0,
        "segments": segments,
        "created_at": at,
        "created_by": message.created_by,
    }
    return insert_new(tx, messages, row)


def mark_opened(tx: WriteTx, at: datetime, message_id: str, person_id: str) -> bool:
    """Mark a prepared message as opened. True when it was prepared."""
    done = tx.execute(
        update(messages).where(messages.c.id == message_id, messages.c.state == State.PREPARED),
        {"state": State.OPENED, "opened_at": at, "opened_by": person_id, "sent_at": at},
    )
    return done.rowcount == 1


def find_message(tx: ReadTx, message_id: str) -> Outgoing | None:
    row = tx.execute(select(*OUTGOING).where(messages.c.id == message_id)).one_or_none()
    return None if row is None else as_outgoing(row)


def find_next_moment(tx: ReadTx) -> datetime | None:
    """The time at which the first waiting message is due or the first lease ends."""
    waits = select(func.min(messages.c.not_before)).where(messages.c.state == State.READY)
    claimed = select(func.min(messages.c.lease_until)).where(messages.c.state == State.SENDING)
    moments: list[datetime | None] = [tx.scalar(waits), tx.scalar(claimed)]
    return min((moment for moment in moments if moment), default=None)


def as_outgoing(row: Any) -> Outgoing:
    """The message from a row of the columns `OUTGOING`; an erased payload gives empty fields."""
    payload: Mapping[str, Any] = msgspec.json.decode(row.payload)
    return Outgoing(
        id=row.id,
        channel=Channel(row.channel),
        purpose=row.purpose,
        state=State(row.state),
        to=payload.get("to", ""),
        text=payload.get("text", ""),
        subject=payload.get("subject", ""),
        details=payload.get("details", {}),
        customer_id=row.customer_id,
        person_id=row.person_id,
        segments=row.segments,
        attempts=row.attempts,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
    )
