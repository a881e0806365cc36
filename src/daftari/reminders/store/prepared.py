"""A prepared text is looked at again before WhatsApp opens with it: the book has gone on."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from daftari.accounts.rules import Deed, Member
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.kernel.refusal import Reason
from daftari.reminders.rules.cases import why_not_by_hand
from daftari.reminders.rules.ways import Post
from daftari.reminders.store import log
from daftari.reminders.store.cases import Reach, cases_of, moment_in
from daftari.reminders.store.letters import why_no_receipt
from daftari.reminders.store.receipts import find_line
from daftari.reminders.store.ways import find_ways


def is_to_open(row: Any) -> bool:
    """Whether this message waits for a tap, or was opened by one and still has its words."""
    return row.state in ("prepared", "opened") and all(log.words_of(row))


def why_not_open(tx: Tx, member: Member, at: datetime, post: Post, row: Any) -> Reason | None:
    """What speaks against opening it now: consent, hours, the customer's book."""
    if not member.may(Deed.SEND_MESSAGE):
        return Reason("not_yours_to_send")
    details = msgspec.json.decode(row.payload).get("details", {})
    if row.purpose == "receipt":
        line = find_line(tx, details.get("entry", ""))
        if line is None:
            return Reason("entry_gone")
        return why_no_receipt(tx, line, Channel.WHATSAPP, post) or _moved(row, line.phone)
    now = moment_in(member.shop, at)
    if now.day_of(row.opened_at or row.created_at) != now.today:
        return Reason("text_of_another_day")
    case = cases_of(tx, now, [row.customer_id], Reach.of(details), but=row.id)[0]
    reason = why_not_by_hand(case, Channel.WHATSAPP, now, find_ways(tx), post)
    if reason is None and case.amounts != details["amounts"]:
        return Reason("balance_changed")
    return reason or _moved(row, case.phone)


def _moved(row: Any, phone: str | None) -> Reason | None:
    """The words were made for a number that is his no more."""
    return Reason("address_changed") if log.words_of(row)[0] != phone else None


def whatsapp_url(row: Any) -> str:
    """WhatsApp's own address that opens a chat with the words ready to be sent."""
    phone, text = log.words_of(row)
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"
