"""Receipts of new entries: by hand, or automatic with the customer's consent."""

from datetime import datetime, timedelta
from typing import Any

from daftari.activity.actions import note_action
from daftari.customers.actions.consent import agreed_now
from daftari.customers.rules.consent import ConsentChannel, OptIn, Purpose
from daftari.db.base import WriteTx
from daftari.db.narrowing import narrowed
from daftari.delivery.actions import enqueue
from daftari.identity.rules import Member, Shop
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.rules.commands import UNDO_WITHIN
from daftari.reminders.actions.compose import (
    compose_receipt,
    message_context_to,
    receipt,
    why_no_receipt,
)
from daftari.reminders.rules.commands import PrepareReceipt
from daftari.reminders.rules.eligibility import why_channel_closed
from daftari.reminders.rules.settings import AvailableChannels, MessagingSettings
from daftari.reminders.store import receipts
from daftari.reminders.store.settings import find_settings, update_progress

AT_A_TIME = 200
NEWS_FOR = timedelta(days=1)
"""The age up to which an entry recorded offline still gets an automatic receipt."""


def prepare_receipt(tx: WriteTx, member: Member, at: datetime, command: PrepareReceipt) -> str:
    """Enqueue the receipt of an entry on one channel; its message id.

    There is one for each entry and channel; another only when that one failed or went to an old
    address. Raises `Missing`, `Conflict` for the id of another message, Refusal(form=…) with the
    reason against it.
    """
    with narrowed(tx, member.only_branch):
        entry = receipts.find_entry(tx, command.entry_id)
    if entry is None:
        raise Missing(command.entry_id)
    reason = why_no_receipt(tx, entry, command.channel, command.available)
    if reason is not None:
        raise Refusal(form=reason)
    made = receipts.find_made(tx, entry.id, command.channel)
    known = [one.id for one in made if one.id == command.id or receipts.stands(one, entry)]
    if known:
        return str(known[-1])
    settings, whom = find_settings(tx), (entry.customer_id, entry.language)
    context = message_context_to(tx, member.shop, settings, command.available, *whom)
    text = compose_receipt(tx, context, entry)
    more = {"id": command.id, "created_by": member.person.id}
    if not enqueue(tx, at, receipt(context, entry, command.channel, text, len(made), **more)):
        raise Conflict(form="message_conflict")
    details = {"message_id": command.id, "purpose": "receipt", "channel": command.channel}
    note_action(tx, member, at, "send_message", entry.customer_id, details)
    return command.id


def plan_receipts(tx: WriteTx, shop: Shop, at: datetime, available: AvailableChannels) -> None:
    """Enqueue a receipt for each entry without one whose customer gave consent."""
    settings = find_settings(tx)
    entries = receipts.find_lines_after(tx, settings.receipts_after, AT_A_TIME)
    opt_ins = agreed_now(tx, {entry.customer_id for entry in entries})
    for entry in entries:
        channel = _channel(entry, opt_ins.get(entry.customer_id, frozenset()), settings, available)
        if channel is not None and at - entry.recorded_at < NEWS_FOR:
            _put(tx, shop, at, available, settings, entry, channel)
    full = len(entries) == AT_A_TIME
    update_progress(
        tx,
        settings,
        receipts_after=entries[-1].sequence if full else receipts.find_last_sequence(tx),
    )


def _put(
    tx: WriteTx,
    shop: Shop,
    at: datetime,
    available: AvailableChannels,
    settings: MessagingSettings,
    entry: Any,
    channel: ConsentChannel,
) -> None:
    context = message_context_to(tx, shop, settings, available, entry.customer_id, entry.language)
    text = compose_receipt(tx, context, entry)
    waits = {
        "not_before": entry.recorded_at + UNDO_WITHIN,
        "expires_at": entry.recorded_at + NEWS_FOR,
    }
    enqueue(tx, at, receipt(context, entry, channel, text, **waits))


def _channel(
    entry: Any, opt_ins: frozenset[OptIn], settings: MessagingSettings, available: AvailableChannels
) -> ConsentChannel | None:
    address = {ConsentChannel.SMS: entry.phone, ConsentChannel.EMAIL: entry.email}
    against = (
        (one, why_channel_closed(one, Purpose.RECEIPT, address[one], opt_ins, available))
        for one in settings.receipts
    )
    return next((one for one, reason in against if reason is None), None)
