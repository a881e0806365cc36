"""Dispatch of messages: claim and check in one transaction, settle in another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from daftari.db.base import ReadTx, WriteTx
from daftari.delivery.rules import Channel, Outgoing, State
from daftari.delivery.rules.outcomes import Outcome, next_attempt
from daftari.delivery.rules.push_devices import Subscription
from daftari.delivery.store import claims, push_devices
from daftari.identity.rules import Present, Shop
from daftari.kernel.refusal import Reason

MOST_AT_ONCE: Final = 25
MOST_IN_DOUBT: Final = 4
"""Claim limit for messages on channels that are not safe to retry: a crashed dispatcher leaves at
most so many messages in state `unknown`."""


Check = Callable[[ReadTx, Shop, datetime, Outgoing], Reason | datetime | None]
"""A check at the moment of sending, in the transaction of the claim: `check(tx, shop, at,
message)`. A reason cancels the message, a moment postpones it, None allows it."""

Checks = Mapping[str, Check]
"""Checks by purpose."""


@dataclass(frozen=True, slots=True)
class PushDevice:
    """A push subscription of the shop and the member who holds it.

    `is_full`: notifications show names and amounts.
    """

    subscription: Subscription
    holder: Present
    is_full: bool


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claimed message, ready to be sent; `phone`: the device when its channel is push."""

    message: Outgoing
    phone: PushDevice | None


@dataclass(frozen=True, slots=True)
class DispatchPolicy:
    """The conditions under which a shop's messages are sent.

    `channels`: the channels that are open. `repeatable`: the channels that are safe to retry.
    `checks`: the check of each purpose. `sms_daily`: the daily limit of SMS segments.
    """

    channels: frozenset[Channel]
    repeatable: frozenset[Channel]
    checks: Checks
    sms_daily: int


def claim_messages(
    tx: WriteTx, shop: Shop, at: datetime, policy: DispatchPolicy, present: Sequence[Present]
) -> list[Claimed]:
    """Claim the messages that are due and check each again.

    A message that fails its check is cancelled or postponed in the same transaction.
    """
    claims.take_back(tx, at, policy.repeatable)
    once = set(Channel) - policy.repeatable
    taken = claims.claim(tx, at, policy.repeatable, MOST_AT_ONCE)
    taken += claims.claim(tx, at, once, MOST_IN_DOUBT)
    judge = _Judge(tx, shop, at, policy, _phones(tx, present), _room(tx, shop, at, policy, taken))
    return [kept for one in taken if (kept := judge.admit(one))]


def settle_message(tx: WriteTx, at: datetime, message: Outgoing, outcome: Outcome) -> None:
    """Store the outcome of an attempt. The subscription of a device that is gone is deleted."""
    changes: dict[str, Any] = {"reason": outcome.reason, "provider_said": outcome.said}
    if outcome.state is State.READY:
        again = next_attempt(at, message.attempts, outcome.wait)
        changes |= {"state": State.READY if again else outcome.at_last}
        changes |= {"not_before": again} if again else {}
    else:
        changes |= {
            "state": outcome.state,
            "provider_id": outcome.provider_id,
            "cost_micros": outcome.cost_micros,
            "cost_currency": outcome.cost_currency,
            "sent_at": None if outcome.state is State.FAILED else at,
        }
    claims.settle(tx, message.id, message.attempts, changes)
    if outcome.is_gone:
        push_devices.delete_subscriptions(tx, [message.to])
    elif outcome.state is State.ACCEPTED and message.channel is Channel.PUSH:
        claims.note_reached(tx, message.to, at)


@dataclass(slots=True)
class _Judge:
    """The checks of each claimed message. `room`: SMS segments that are left for today."""

    tx: WriteTx
    shop: Shop
    at: datetime
    policy: DispatchPolicy
    push_devices: Mapping[str, PushDevice | None]
    room: int

    def admit(self, message: Outgoing) -> Claimed | None:
        """The claimed message when it may be sent now; None after it was cancelled or postponed."""
        verdict = self._verdict(message)
        if verdict is None:
            return Claimed(message, self.push_devices.get(message.to))
        changes: dict[str, Any] = {"state": State.CANCELLED}
        if isinstance(verdict, Reason):
            changes["reason"] = verdict.name
        else:
            changes = {
                "state": State.READY,
                "not_before": verdict,
                "attempts": message.attempts - 1,
            }
        claims.settle(self.tx, message.id, message.attempts, changes)
        return None

    def _verdict(self, message: Outgoing) -> Reason | datetime | None:
        if message.channel not in self.policy.channels:
            return Reason("channel_off")
        if not message.to:
            return Reason("address_refused")  # erased while it was in the outbox
        if message.expires_at is not None and message.expires_at <= self.at:
            return Reason("too_late")
        if message.channel is Channel.PUSH:
            return self._phone_verdict(message)
        check: Check | None = self.policy.checks.get(message.purpose)
        verdict = check(self.tx, self.shop, self.at, message) if check else None
        return verdict or (self._cap(message) if message.channel is Channel.SMS else None)

    def _phone_verdict(self, message: Outgoing) -> Reason | None:
        """The reason to cancel a push message: its device was removed, or its session has ended."""
        if message.to not in self.push_devices:
            return Reason("phone_removed")
        if self.push_devices[message.to] is None:
            push_devices.delete_subscriptions(self.tx, [message.to])
            return Reason("phone_signed_out")
        return None

    def _cap(self, message: Outgoing) -> Reason | datetime | None:
        """The daily limit of SMS segments: a message above what is left is postponed to the next
        day.
        """
        if message.segments > self.policy.sms_daily:
            return Reason("beyond_daily_cap")
        if message.segments > self.room:
            return _day_of(self.at + timedelta(days=1), self.shop)
        self.room -= message.segments
        return None


def _room(
    tx: ReadTx, shop: Shop, at: datetime, policy: DispatchPolicy, taken: Sequence[Outgoing]
) -> int:
    """SMS segments left for the messages just claimed, which are already counted as sent."""
    mine = [one.segments for one in taken if one.channel is Channel.SMS]
    if not mine:
        return 0
    return policy.sms_daily - claims.count_segments(tx, _day_of(at, shop)) + sum(mine)


def _day_of(at: datetime, shop: Shop) -> datetime:
    """The start of the shop's calendar day that contains the moment."""
    return shop.start_of(shop.day_of(at))


def _phones(tx: ReadTx, present: Sequence[Present]) -> dict[str, PushDevice | None]:
    """Push devices of the shop by subscription id; None for a device whose session has ended."""
    holders = {(one.session_id, one.person_id): one for one in present}
    found: dict[str, PushDevice | None] = {}
    for row in push_devices.find_subscriptions(tx):
        holder = holders.get((row["session_id"], row["person_id"]))
        address = Subscription(row["endpoint"], row["p256dh"], row["auth"])
        is_full = row["wording"] == "full"
        found[row["id"]] = PushDevice(address, holder, is_full) if holder else None
    return found
