"""Telling a customer what was just written: by the owner's tap, or by itself where he agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from daftari.accounts.rules import Member, Shop
from daftari.customers.actions.consent import agreed_now
from daftari.customers.rules.consent import Channel, Purpose, Wish
from daftari.db.base import Tx
from daftari.delivery.actions import enqueue
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.rules.commands import UNDO_WITHIN
from daftari.reminders.rules.cases import why_closed
from daftari.reminders.rules.ways import Post, Ways
from daftari.reminders.store import receipts
from daftari.reminders.store.letters import (
    receipt,
    speech_to,
    why_no_receipt,
    words_of_receipt,
)
from daftari.reminders.store.ways import find_ways, move_on

AT_A_TIME = 200
NEWS_FOR = timedelta(days=1)
"""What lay on a phone for longer comes into the book without a receipt that goes by itself."""


@dataclass(frozen=True, slots=True)
class PrepareReceipt:
    id: str
    entry_id: str
    channel: Channel
    post: Post


def prepare_receipt(tx: Tx, member: Member, at: datetime, command: PrepareReceipt) -> str:
    """The id of the message; there is one for a line and a channel, whoever asks, and another only
    where that one did not go, or went to an old address.

    Raises `Missing`, `Conflict` for the id of another message, Refusal(form=…) with what speaks
    against it.
    """
    line = receipts.find_line(tx, command.entry_id)
    if line is None:
        raise Missing(command.entry_id)
    reason = why_no_receipt(tx, line, command.channel, command.post)
    if reason is not None:
        raise Refusal(form=reason)
    made = receipts.find_made(tx, line.id, command.channel)
    known = [one.id for one in made if one.id == command.id or receipts.stands(one, line)]
    if known:
        return str(known[-1])
    ways, whom = find_ways(tx), (line.customer_id, line.language)
    speech = speech_to(tx, member.shop, ways, command.post, *whom)
    text = words_of_receipt(tx, speech, line)
    more = {"id": command.id, "created_by": member.person.id}
    if not enqueue(tx, at, receipt(speech, line, command.channel, text, len(made), **more)):
        raise Conflict(form="message_conflict")
    return command.id


def plan_receipts(tx: Tx, shop: Shop, at: datetime, post: Post) -> None:
    """A receipt for each line that has none yet, where its customer agreed to one."""
    ways = find_ways(tx)
    lines = receipts.find_lines_after(tx, ways.receipts_after, AT_A_TIME)
    wishes = agreed_now(tx, {line.customer_id for line in lines})
    for line in lines:
        channel = _channel(line, wishes.get(line.customer_id, frozenset()), ways, post)
        if channel is not None and at - line.recorded_at < NEWS_FOR:
            _put(tx, shop, at, post, ways, line, channel)
    full = len(lines) == AT_A_TIME
    move_on(
        tx, ways, receipts_after=lines[-1].sequence if full else receipts.find_last_sequence(tx)
    )


def _put(
    tx: Tx, shop: Shop, at: datetime, post: Post, ways: Ways, line: Any, channel: Channel
) -> None:
    speech = speech_to(tx, shop, ways, post, line.customer_id, line.language)
    text = words_of_receipt(tx, speech, line)
    waits = {
        "not_before": line.recorded_at + UNDO_WITHIN,
        "expires_at": line.recorded_at + NEWS_FOR,
    }
    enqueue(tx, at, receipt(speech, line, channel, text, **waits))


def _channel(line: Any, wishes: frozenset[Wish], ways: Ways, post: Post) -> Channel | None:
    address = {Channel.SMS: line.phone, Channel.EMAIL: line.email}
    against = (
        (one, why_closed(one, Purpose.RECEIPT, address[one], wishes, post)) for one in ways.receipts
    )
    return next((one for one, reason in against if reason is None), None)
