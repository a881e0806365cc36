"""Checks at the moment of sending: the book or the consent may have changed since."""

from datetime import datetime
from typing import Final

from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import ReadTx
from daftari.delivery.actions.dispatch import Checks
from daftari.delivery.rules import Outgoing
from daftari.identity.rules import Shop
from daftari.kernel.refusal import Reason
from daftari.reminders.actions.candidates import ReminderScope, candidates_of, moment_in
from daftari.reminders.actions.compose import why_no_receipt
from daftari.reminders.rules.eligibility import (
    LocalTime,
    ReminderCandidate,
    why_not_automatic,
    why_not_by,
    why_not_remind,
)
from daftari.reminders.rules.quiet_hours import next_open
from daftari.reminders.rules.settings import AvailableChannels
from daftari.reminders.store.receipts import find_entry
from daftari.reminders.store.settings import find_settings

_SENT: Final = AvailableChannels(origin="")
"""All channels: `delivery` itself cancels messages of a closed channel."""


def check_reminder(
    tx: ReadTx, shop: Shop, at: datetime, message: Outgoing
) -> Reason | datetime | None:
    """The reason to cancel a reminder (paid, already reminded), or the end of the quiet hours."""
    now, scope = moment_in(shop, at), ReminderScope.of(message.details)
    candidates = candidates_of(tx, now, [message.customer_id or ""], scope, but=message.id)
    reason = _why_not(candidates[0], message, now) if candidates else Reason("customer_gone")
    if reason is not None:
        return reason
    open_at = next_open(at, shop.zone, find_settings(tx))
    return None if open_at == at else open_at


def check_receipt(
    tx: ReadTx, shop: Shop, at: datetime, message: Outgoing
) -> Reason | datetime | None:
    """The reason to cancel a receipt: its entry was reversed, or the consent has ended."""
    entry = find_entry(tx, message.details["entry"])
    if entry is None:
        return Reason("entry_gone")
    channel = ConsentChannel(message.channel)
    address = entry.email if channel is ConsentChannel.EMAIL else entry.phone
    moved = Reason("address_changed") if address != message.to else None
    return why_no_receipt(tx, entry, channel, _SENT) or moved


def _why_not(candidate: ReminderCandidate, message: Outgoing, now: LocalTime) -> Reason | None:
    asked = why_not_remind if message.created_by else why_not_automatic
    channel = ConsentChannel(message.channel)
    reason = asked(candidate, now) or why_not_by(candidate, channel, _SENT)
    if reason is None and candidate.address(channel) != message.to:
        return Reason("address_changed")
    if reason is None and candidate.amounts != message.details["amounts"]:
        return Reason("balance_changed")
    return reason


CHECKS: Final[Checks] = {"reminder": check_reminder, "receipt": check_receipt}
