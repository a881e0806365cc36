"""The SQL of the way out: which messages wait, who carries them, what came of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, exists, func, or_, select, update

from daftari.activity.tables import alerts
from daftari.db.base import Moment, ReadTx, WriteTx
from daftari.delivery.rules import Channel, Outgoing, State
from daftari.delivery.rules.outcomes import LEASE, MOST_CUT_OFF
from daftari.delivery.store.messages import OUTGOING, as_outgoing
from daftari.delivery.tables import messages, subscriptions

_at = bindparam("at", type_=Moment())
_is_ready = and_(messages.c.state == State.READY, messages.c.not_before <= _at)
# A claim that ends later than one made now would: the clock was set back since.
_is_left_behind = and_(
    messages.c.state == State.SENDING,
    or_(
        messages.c.lease_until <= _at,
        messages.c.lease_until > bindparam("latest", type_=Moment()),
    ),
)
_LOOK = select(
    exists().where(alerts.c.told_at.is_(None)),
    exists().where(_is_ready),
    exists().where(_is_left_behind),
)
_ready = (
    select(messages.c.id)
    .where(_is_ready, messages.c.channel.in_(bindparam("ways", expanding=True)))
    .order_by(messages.c.not_before, messages.c.id)
    .limit(bindparam("limit"))
)
_CLAIM = (
    update(messages)
    .where(messages.c.id.in_(_ready))
    .values(
        state=State.SENDING,
        lease_until=bindparam("until", type_=Moment()),
        tried_at=_at,
        attempts=messages.c.attempts + 1,
    )
    .returning(*OUTGOING)
)


def look(tx: ReadTx, at: datetime) -> tuple[bool, bool, bool]:
    """Whether there are alerts to tell of, messages to send, claims somebody left behind."""
    untold, ready, left = tx.execute(_LOOK, {"at": at, "latest": at + LEASE}).one()
    return bool(untold), bool(ready), bool(left)


def take_back(tx: WriteTx, at: datetime, again: Collection[Channel]) -> None:
    """End the claims of whoever is gone: what may be sent again waits, the rest is unknown."""
    left, asked = update(messages).where(_is_left_behind), {"at": at, "latest": at + LEASE}
    channels = [str(channel) for channel in again]
    may_repeat = left.where(messages.c.channel.in_(channels), messages.c.attempts < MOST_CUT_OFF)
    tx.execute(may_repeat.values(state=State.READY, not_before=_at, lease_until=None), asked)
    gone: dict[str, Any] = {"state": State.UNKNOWN, "reason": "cut_off", "lease_until": None}
    tx.execute(left.values(**gone, sent_at=messages.c.tried_at), asked)


def claim(tx: WriteTx, at: datetime, channels: Collection[Channel], limit: int) -> list[Outgoing]:
    """Take what waits longest to go by these ways, the oldest first; nobody else gets it before
    the lease ends.
    """
    asked = {"at": at, "until": at + LEASE, "ways": list(map(str, channels)), "limit": limit}
    taken = [as_outgoing(row) for row in tx.execute(_CLAIM, asked)]
    return sorted(taken, key=lambda message: message.id)


def count_segments(tx: ReadTx, since: datetime) -> int:
    """How many parts of short messages left, or may have left, from a moment on."""
    left = (State.SENDING, State.ACCEPTED, State.UNKNOWN)
    counted = select(func.coalesce(func.sum(messages.c.segments), 0)).where(
        messages.c.channel == Channel.SMS,
        messages.c.tried_at >= since,
        messages.c.state.in_(left),
    )
    return tx.scalar(counted) or 0


def settle(tx: WriteTx, message_id: str, attempts: int, changes: dict[str, Any]) -> bool:
    """Write what came of an attempt, unless the message was claimed anew since.

    One that was called unknown meanwhile may still be known better by whoever sent it.
    """
    mine = and_(
        messages.c.id == message_id,
        messages.c.attempts == attempts,
        messages.c.state.in_((State.SENDING, State.UNKNOWN)),
    )
    return tx.execute(update(messages).where(mine), {"lease_until": None, **changes}).rowcount == 1


def note_reached(tx: WriteTx, phone_id: str, at: datetime) -> None:
    tx.execute(update(subscriptions).where(subscriptions.c.id == phone_id), {"last_sent_at": at})
