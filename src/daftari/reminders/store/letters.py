"""Putting a message together: whose words, in which language, with which stop link."""

from datetime import date
from typing import Any

from daftari.accounts.rules import Shop
from daftari.customers.actions.consent import agreed_now, find_stop_token
from daftari.customers.rules.consent import Channel, Purpose
from daftari.customers.rules.stop import stop_path
from daftari.db.base import Tx
from daftari.delivery.rules import Channel as Way
from daftari.delivery.rules import Message
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.rules.cases import Case, why_closed
from daftari.reminders.rules.seasons import season_of
from daftari.reminders.rules.ways import Post, Tone, Ways
from daftari.reminders.rules.words import (
    Cover,
    Speech,
    Written,
    receipt_text,
    reminder_text,
    subject_of,
)
from daftari.reminders.store import receipts
from daftari.reminders.store.cases import Reach


def speech_to(
    tx: Tx, shop: Shop, ways: Ways, post: Post, customer_id: str, language: str | None
) -> Speech:
    """In the customer's own language, or the shop's. Raises `Missing` for whoever never agreed to
    anything: without a stop link there is no message.
    """
    token = find_stop_token(tx, customer_id)
    if token is None:
        raise Missing(customer_id)
    return Speech(shop, language or ways.language, post.origin + stop_path(shop.id, token))


def words_of_reminder(speech: Speech, ways: Ways, case: Case, tone: Tone, today: date) -> str:
    season = season_of(today) if ways.greets else None
    return reminder_text(speech, case, tone, today, season)


def reminder(
    speech: Speech, case: Case, channel: Channel, text: str, reach: Reach, **more: Any
) -> Message:
    """What is within `reach` is what the text speaks of; it is asked again later."""
    details = {"amounts": dict(case.amounts), **reach.details, "stop_url": speech.stop_url}
    return Message(
        channel=Way(channel),
        purpose=Purpose.REMINDER,
        to=case.address(channel) or "",
        text=text,
        subject=subject_of(Purpose.REMINDER, speech),
        customer_id=case.customer_id,
        details=details,
        **more,
    )


def words_of_receipt(tx: Tx, speech: Speech, line: Any) -> str:
    """`line`: as `store.receipts` finds it."""
    covers = receipts.find_covers(tx, line.sequence) if line.kind == "payment" else ()
    written = Written(
        kind=line.kind,
        minor=line.amount_minor,
        currency=line.currency,
        before_minor=line.balance_after_minor - line.effect_minor,
        after_minor=line.balance_after_minor,
        is_supplier=line.role == "supplier",
        covers=tuple(Cover(*cover) for cover in covers),
    )
    return receipt_text(speech, line.name, written)


def why_no_receipt(tx: Tx, line: Any, channel: Channel, post: Post) -> Reason | None:
    """What speaks against a receipt of this line by this way."""
    if receipts.is_reversed(tx, line.id):
        return Reason("entry_reversed")
    address = line.email if channel is Channel.EMAIL else line.phone
    wishes = agreed_now(tx, [line.customer_id]).get(line.customer_id, frozenset())
    return why_closed(channel, Purpose.RECEIPT, address, wishes, post)


def receipt(
    speech: Speech, line: Any, channel: Channel, text: str, number: int = 0, **more: Any
) -> Message:
    """`number`: how many were made of this line for this way, none of which stands any more."""
    return Message(
        channel=Way(channel),
        purpose=Purpose.RECEIPT,
        dedupe=receipts.receipt_key(line.id, channel, number),
        to=(line.email if channel is Channel.EMAIL else line.phone) or "",
        text=text,
        subject=subject_of(Purpose.RECEIPT, speech),
        customer_id=line.customer_id,
        details={"entry": line.id, "stop_url": speech.stop_url},
        **more,
    )
