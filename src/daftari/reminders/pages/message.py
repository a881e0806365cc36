"""Pages of one message and of the message log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.ids import is_id
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.actions import prepared
from daftari.reminders.rules.settings import AvailableChannels
from daftari.reminders.store import log
from daftari.reminders.store.people import find_person

ROWS = 50


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message in the log.

    `state`: as in `delivery.rules.State`. `at`: when it was prepared, `sent_at`: when it was sent,
    both by the shop's clock. `reason`: why it was not sent. `by`: who asked for it, '' for the
    program.
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
    """View model of a message. `text`: the exact text.

    `open_href`: the link to WhatsApp with the text, '' for other channels or when it may not be
    opened now: `off` is the reason.
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
    """View model of the log. `name`: the customer's name, '' for the log of the shop."""

    title_name: str
    back: str
    rows: tuple[MessageView, ...]
    older_href: str | None
    is_of_shop: bool


def message_page(
    tx: ReadTx,
    member: Member,
    at: datetime,
    available: AvailableChannels,
    names: Mapping[str, str],
    message_id: str,
) -> MessagePage:
    """The page of a message. `names`: names of the shop's people by id. Raises `Missing`."""
    row = log.find_message(tx, message_id)
    if row is None:
        raise Missing(message_id)
    view, can_open = view_of(row, member, names), prepared.is_to_open(row)
    off = prepared.why_not_open(tx, member, at, available, row) if can_open else None
    to, text = log.words_of(row)
    return MessagePage(
        message=view,
        back=view.customer_href,
        text=text,
        to=to,
        open_href=open_href(view) if can_open and off is None else "",
        opened_action=f"{view.href}/opened",
        off=off if row.state == "prepared" else None,
    )


def open_href(view: MessageView) -> str:
    """The address that checks the text again and redirects to WhatsApp."""
    return f"{view.href}/open"


def whatsapp_place(
    tx: ReadTx, member: Member, at: datetime, available: AvailableChannels, message_id: str
) -> str:
    """The WhatsApp link of a prepared text; '' when it may not be opened now.

    Raises `Missing` when there is no such text.
    """
    row = log.find_message(tx, message_id)
    if row is None or not prepared.is_to_open(row):
        raise Missing(message_id)
    off = prepared.why_not_open(tx, member, at, available, row)
    return "" if off else prepared.whatsapp_url(row)


def log_page(
    tx: ReadTx, member: Member, names: Mapping[str, str], customer_id: str | None, before: str
) -> LogPage:
    """The log of the shop or of one customer. Raises `Missing` for an unknown customer."""
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
