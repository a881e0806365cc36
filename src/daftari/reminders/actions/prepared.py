"""The check of a prepared text before WhatsApp opens with it: the book may have changed."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Reason
from daftari.reminders.actions.candidates import ReminderScope, candidates_of, moment_in
from daftari.reminders.actions.compose import why_no_receipt
from daftari.reminders.rules.eligibility import why_not_by_hand
from daftari.reminders.rules.settings import AvailableChannels
from daftari.reminders.store import log
from daftari.reminders.store.receipts import find_entry
from daftari.reminders.store.settings import find_settings


def is_to_open(row: Any) -> bool:
    """Whether this message is prepared, or was opened and still has its text."""
    return row.state in ("prepared", "opened") and all(log.words_of(row))


def why_not_open(
    tx: ReadTx, member: Member, at: datetime, available: AvailableChannels, row: Any
) -> Reason | None:
    """The reason not to open it now: consent, quiet hours, the customer's account."""
    if not member.may(Permission.SEND_MESSAGE):
        return Reason("not_yours_to_send")
    details = msgspec.json.decode(row.payload).get("details", {})
    if row.purpose == "receipt":
        entry = find_entry(tx, details.get("entry", ""))
        if entry is None:
            return Reason("entry_gone")
        return why_no_receipt(tx, entry, ConsentChannel.WHATSAPP, available) or _moved(
            row, entry.phone
        )
    now = moment_in(member.shop, at)
    if now.day_of(row.opened_at or row.created_at) != now.today:
        return Reason("text_of_another_day")
    candidate = candidates_of(tx, now, [row.customer_id], ReminderScope.of(details), but=row.id)[0]
    reason = why_not_by_hand(candidate, ConsentChannel.WHATSAPP, now, find_settings(tx), available)
    if reason is None and candidate.amounts != details["amounts"]:
        return Reason("balance_changed")
    return reason or _moved(row, candidate.phone)


def _moved(row: Any, phone: str | None) -> Reason | None:
    """The reason when the customer's phone number has changed since."""
    return Reason("address_changed") if log.words_of(row)[0] != phone else None


def whatsapp_url(row: Any) -> str:
    """The WhatsApp link that opens a chat with the text filled in."""
    phone, text = log.words_of(row)
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"
