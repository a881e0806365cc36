"""Composition of messages: shop, language, stop link and text."""

from datetime import date
from typing import Any

from daftari.customers.actions.consent import agreed_now, find_stop_token
from daftari.customers.rules.consent import ConsentChannel, Purpose
from daftari.customers.rules.stop import stop_path
from daftari.db.base import ReadTx
from daftari.delivery.rules import Channel, Message
from daftari.identity.rules import Shop
from daftari.kernel.refusal import Missing, Reason
from daftari.ledger.actions.goods import goods_of
from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.rules.goods import GOODS_KINDS
from daftari.reminders.actions.candidates import ReminderScope
from daftari.reminders.actions.message_text import (
    MessageContext,
    reminder_text,
    subject_of,
)
from daftari.reminders.actions.receipt_text import CoveredDebt, RecordedEntry, receipt_text
from daftari.reminders.rules.eligibility import ReminderCandidate, why_channel_closed
from daftari.reminders.rules.seasons import season_of
from daftari.reminders.rules.settings import AvailableChannels, MessagingSettings, Tone
from daftari.reminders.store import receipts


def message_context_to(
    tx: ReadTx,
    shop: Shop,
    settings: MessagingSettings,
    available: AvailableChannels,
    customer_id: str,
    language: str | None,
) -> MessageContext:
    """The message context in the customer's own language, or else the shop's.

    Raises `Missing` for a customer without a stop link, who never gave a consent.
    """
    token = find_stop_token(tx, customer_id)
    if token is None:
        raise Missing(customer_id)
    return MessageContext(
        shop, language or settings.language, available.origin + stop_path(shop.id, token)
    )


def compose_reminder(
    context: MessageContext,
    settings: MessagingSettings,
    candidate: ReminderCandidate,
    tone: Tone,
    today: date,
) -> str:
    season = season_of(today, context.shop.hijri_shift) if settings.greets else None
    return reminder_text(context, candidate, tone, today, season)


def reminder(
    context: MessageContext,
    candidate: ReminderCandidate,
    channel: ConsentChannel,
    text: str,
    scope: ReminderScope,
    **more: Any,
) -> Message:
    """The reminder message. `scope`: the debts in its text, to be checked again at sending."""
    details = {"amounts": dict(candidate.amounts), **scope.details, "stop_url": context.stop_url}
    return Message(
        channel=Channel(channel),
        purpose=Purpose.REMINDER,
        to=candidate.address(channel) or "",
        text=text,
        subject=subject_of(Purpose.REMINDER, context),
        customer_id=candidate.customer_id,
        details=details,
        **more,
    )


def compose_receipt(tx: ReadTx, context: MessageContext, entry: Any) -> str:
    """The text of a receipt. `entry`: a row of `store.receipts`."""
    covers = receipts.find_covers(tx, entry.sequence) if entry.kind == "payment" else ()
    written = RecordedEntry(
        kind=entry.kind,
        minor=entry.amount_minor,
        currency=entry.currency,
        before_minor=entry.balance_after_minor - entry.effect_minor,
        after_minor=entry.balance_after_minor,
        is_supplier=entry.role == "supplier",
        covers=tuple(CoveredDebt(*cover) for cover in covers),
        exchange=_exchange(entry),
        goods=goods_of(tx, entry.sequence) if entry.kind in GOODS_KINDS else (),
    )
    return receipt_text(context, entry.name, written)


def _exchange(entry: Any) -> Exchange | None:
    facts = entry.paid_minor, entry.paid_currency, entry.rate_e8, entry.rate_of
    return Exchange(*facts) if entry.paid_currency else None


def why_no_receipt(
    tx: ReadTx, entry: Any, channel: ConsentChannel, available: AvailableChannels
) -> Reason | None:
    """The reason why this entry can have no receipt on this channel."""
    if receipts.is_reversed(tx, entry.id):
        return Reason("entry_reversed")
    address = entry.email if channel is ConsentChannel.EMAIL else entry.phone
    opt_ins = agreed_now(tx, [entry.customer_id]).get(entry.customer_id, frozenset())
    return why_channel_closed(channel, Purpose.RECEIPT, address, opt_ins, available)


def receipt(
    context: MessageContext,
    entry: Any,
    channel: ConsentChannel,
    text: str,
    number: int = 0,
    **more: Any,
) -> Message:
    """The receipt message. `number`: how many earlier receipts of this entry on this channel are
    void.
    """
    return Message(
        channel=Channel(channel),
        purpose=Purpose.RECEIPT,
        dedupe=receipts.receipt_key(entry.id, channel, number),
        to=(entry.email if channel is ConsentChannel.EMAIL else entry.phone) or "",
        text=text,
        subject=subject_of(Purpose.RECEIPT, context),
        customer_id=entry.customer_id,
        details={"entry": entry.id, "stop_url": context.stop_url},
        **more,
    )
