"""One message, and the log of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import msgspec

from daftari.accounts.rules import Deed, Member
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.kernel.ids import is_id
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.rules.cases import why_not_by_hand
from daftari.reminders.rules.ways import Post
from daftari.reminders.store import log
from daftari.reminders.store.cases import cases_of, moment_in
from daftari.reminders.store.letters import why_no_receipt
from daftari.reminders.store.people import find_person
from daftari.reminders.store.receipts import find_line
from daftari.reminders.store.ways import find_ways

ROWS = 50


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as the log shows it.

    `state`: as in `delivery.rules.State`. `at`: when it was prepared, `sent_at`: when it left, both
    by the shop's clock. `reason`: why it did not go. `by`: who asked for it, '' for the program.
    """

    href: str
    customer_href: str
    name: str
    channel: str
    purpose: str
    state: str
    at: datetime
    not_before: datetime
    sent_at: datetime | None
    reason: Reason | None
    segments: int
    by: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """`text`: the exact words. `open_href`: where WhatsApp opens with them, '' where it is no
    WhatsApp, or something speaks against it now: `off` says what.
    """

    message: MessageView
    back: str
    text: str
    to: str
    open_href: str
    opened_action: str
    off: Reason | None


@dataclass(frozen=True, slots=True)
class LogPage:
    """`name`: of the customer whose log it is, '' for the shop's."""

    title_name: str
    back: str
    rows: tuple[MessageView, ...]
    older_href: str | None
    is_of_shop: bool


def message_page(
    tx: Tx,
    member: Member,
    at: datetime,
    post: Post,
    names: Mapping[str, str],
    message_id: str,
) -> MessagePage:
    """`names`: of the people who work here, by id. Raises `Missing`."""
    row = log.find_message(tx, message_id)
    if row is None:
        raise Missing(message_id)
    payload = msgspec.json.decode(row.payload)
    view, is_prepared = view_of(row, member, names), row.state in ("prepared", "opened")
    off = _why_off(tx, member, at, post, row, payload) if row.state == "prepared" else None
    to, text = payload.get("to", ""), payload.get("text", "")
    return MessagePage(
        message=view,
        back=view.customer_href,
        text=text,
        to=to,
        open_href=whatsapp_url(to, text) if is_prepared and off is None else "",
        opened_action=f"{view.href}/opened",
        off=off,
    )


def log_page(
    tx: Tx, member: Member, names: Mapping[str, str], customer_id: str | None, before: str
) -> LogPage:
    """Raises `Missing` for a customer that is not there."""
    home = member.shop.home
    title, back, url = "", f"{home}/more/messages", f"{home}/messages"
    if customer_id is not None:
        person = find_person(tx, customer_id)
        if person is None:
            raise Missing(customer_id)
        title, back = person.name, f"{home}/customers/{customer_id}"
        url = f"{back}/messages"
    found = log.find_log(tx, customer_id, before if is_id(before) else None, ROWS + 1)
    rows = found[:ROWS]
    return LogPage(
        title_name=title,
        back=back,
        rows=tuple(view_of(row, member, names) for row in rows),
        older_href=f"{url}?before={rows[-1].id}" if len(found) > ROWS else None,
        is_of_shop=customer_id is None,
    )


def whatsapp_url(phone: str, text: str) -> str:
    """WhatsApp's own address that opens a chat with words ready to be sent."""
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(text, safe='')}"


def view_of(row: Any, member: Member, names: Mapping[str, str]) -> MessageView:
    home, zone = member.shop.home, ZoneInfo(member.shop.zone)
    return MessageView(
        href=f"{home}/messages/{row.id}",
        customer_href=f"{home}/customers/{row.customer_id}",
        name=row.name,
        channel=row.channel,
        purpose=row.purpose,
        state=row.state,
        at=row.created_at.astimezone(zone),
        not_before=row.not_before.astimezone(zone),
        sent_at=row.sent_at.astimezone(zone) if row.sent_at else None,
        reason=Reason(row.reason) if row.reason else None,
        segments=row.segments,
        by=names.get(row.created_by or "", ""),
    )


def _why_off(
    tx: Tx, member: Member, at: datetime, post: Post, row: Any, payload: Mapping[str, Any]
) -> Reason | None:
    """A prepared text is looked at again before it is opened: the book has gone on."""
    if not member.may(Deed.SEND_MESSAGE):
        return Reason("not_yours_to_send")
    details = payload.get("details", {})
    if row.purpose == "receipt":
        line = find_line(tx, details.get("entry", ""))
        return why_no_receipt(tx, line, Channel.WHATSAPP, post) if line else Reason("entry_gone")
    now, until = moment_in(member.shop, at), date.fromisoformat(details["until"])
    case = cases_of(tx, now, [row.customer_id], until, but=row.id)[0]
    reason = why_not_by_hand(case, Channel.WHATSAPP, now, find_ways(tx), post)
    if reason is None and case.amounts != details["amounts"]:
        return Reason("balance_changed")
    return reason
