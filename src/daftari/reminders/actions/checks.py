"""What is asked once more at the moment of sending: the book and the consent have gone on."""

from datetime import datetime
from typing import Final

from daftari.accounts.rules import Shop
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.delivery.rules import Checks, Outgoing
from daftari.kernel.refusal import Reason
from daftari.reminders.rules.cases import (
    Case,
    Moment,
    why_not_automatic,
    why_not_by,
    why_not_remind,
)
from daftari.reminders.rules.hours import next_open
from daftari.reminders.rules.ways import Post
from daftari.reminders.store.cases import Reach, cases_of, moment_in
from daftari.reminders.store.letters import why_no_receipt
from daftari.reminders.store.receipts import find_line
from daftari.reminders.store.ways import find_ways

_SENT: Final = Post(origin="")
"""A way that is closed does not come this far; delivery says so itself."""


def check_reminder(tx: Tx, shop: Shop, at: datetime, message: Outgoing) -> Reason | datetime | None:
    """A debt paid a minute ago is not reminded; nobody is at night, or twice."""
    now, reach = moment_in(shop, at), Reach.of(message.details)
    cases = cases_of(tx, now, [message.customer_id or ""], reach, but=message.id)
    reason = _why_not(cases[0], message, now) if cases else Reason("customer_gone")
    if reason is not None:
        return reason
    open_at = next_open(at, shop.zone, find_ways(tx))
    return None if open_at == at else open_at


def check_receipt(tx: Tx, shop: Shop, at: datetime, message: Outgoing) -> Reason | datetime | None:
    """A line that was taken back is not told of, nor is somebody who no longer wants to know."""
    line = find_line(tx, message.details["entry"])
    if line is None:
        return Reason("entry_gone")
    channel = Channel(message.channel)
    address = line.email if channel is Channel.EMAIL else line.phone
    moved = Reason("address_changed") if address != message.to else None
    return why_no_receipt(tx, line, channel, _SENT) or moved


def _why_not(case: Case, message: Outgoing, now: Moment) -> Reason | None:
    asked = why_not_remind if message.created_by else why_not_automatic
    channel = Channel(message.channel)
    reason = asked(case, now) or why_not_by(case, channel, _SENT)
    if reason is None and case.address(channel) != message.to:
        return Reason("address_changed")
    if reason is None and case.amounts != message.details["amounts"]:
        return Reason("balance_changed")
    return reason


CHECKS: Final[Checks] = {"reminder": check_reminder, "receipt": check_receipt}
