"""SQL of the claims: due messages, their leases, and the outcomes."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, exists, or_, select, update

from daftari.activity.tables import alerts
from daftari.db.base import Moment, ReadTx, WriteTx, total
from daftari.delivery.rules import Channel, Outgoing, State
from daftari.delivery.rules.outcomes import LEASE, MOST_CUT_OFF
from daftari.delivery.store.messages import OUTGOING, as_outgoing
from daftari.delivery.tables import messages, subscriptions

_at = bindparam("at", type_=Moment())
_is_ready = and_(messages.c.state == State.READY, messages.c.not_before <= _at)
# A lease that ends later than a new one would: the clock was set back after the claim.
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
    .where(_is_ready, messages.c.channel.in_(bindparam("channels", expanding=True)))
    .order_by(messages.c.not_before, messages.c.id)
    .limit(bindparam("limit", type_=Integer))
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
    """Whether there are alerts without a notification, due messages, and expired claims."""
    unnotified, ready, left = tx.execute(_LOOK, {"at": at, "latest": at + LEASE}).one()
    return bool(unnotified), bool(ready), bool(left)


def take_back(tx: WriteTx, at: datetime, again: Collection[Channel]) -> None:
    """End the expired claims: messages on channels safe to retry become ready, the others
    unknown.
    """
    left, asked = update(messages).where(_is_left_behind), {"at": at, "latest": at + LEASE}
    channels = [str(channel) for channel in again]
    may_repeat = left.where(messages.c.channel.in_(channels), messages.c.attempts < MOST_CUT_OFF)
    tx.execute(may_repeat.values(state=State.READY, not_before=_at, lease_until=None), asked)
    gone: dict[str, Any] = {"state": State.UNKNOWN, "reason": "cut_off", "lease_until": None}
    tx.execute(left.values(**gone, sent_at=messages.c.tried_at), asked)


def claim(tx: WriteTx, at: datetime, channels: Collection[Channel], limit: int) -> list[Outgoing]:
    """Claim the messages of these channels that are due longest, until the lease ends."""
    asked = {"at": at, "until": at + LEASE, "channels": list(map(str, channels)), "limit": limit}
    taken = [as_outgoing(row) for row in tx.execute(_CLAIM, asked)]
    return sorted(taken, key=lambda message: message.id)


def count_segments(tx: ReadTx, since: datetime) -> int:
    """The number of SMS segments that were sent, or may have been, since a moment."""
    left = (State.SENDING, State.ACCEPTED, State.UNKNOWN)
    counted = select(total(messages.c.segments)).where(
        messages.c.channel == Channel.SMS,
        messages.c.tried_at >= since,
        messages.c.state.in_(left),
    )
    return tx.scalar(counted) or 0


def settle(tx: WriteTx, message_id: str, attempts: int, changes: dict[str, Any]) -> bool:
    """Store the outcome of an attempt, unless the message was claimed again since.

    An `unknown` message still accepts the outcome of the attempt that led to it.
    """
    mine = and_(
        messages.c.id == message_id,
        messages.c.attempts == attempts,
        messages.c.state.in_((State.SENDING, State.UNKNOWN)),
    )
    return tx.execute(update(messages).where(mine), {"lease_until": None, **changes}).rowcount == 1


def note_reached(tx: WriteTx, phone_id: str, at: datetime) -> None:
    tx.execute(update(subscriptions).where(subscriptions.c.id == phone_id), {"last_sent_at": at})
