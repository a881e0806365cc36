"""Reminders by hand, one or many."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from daftari.activity.actions import note_action
from daftari.db.base import ReadTx, WriteTx
from daftari.delivery.actions import enqueue
from daftari.identity.rules import Member
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.reminders.actions.candidates import ReminderScope, candidates_of, moment_in
from daftari.reminders.actions.compose import compose_reminder, message_context_to, reminder
from daftari.reminders.rules.commands import Remind
from daftari.reminders.rules.eligibility import ReminderCandidate, why_not_by_hand
from daftari.reminders.rules.quiet_hours import next_open
from daftari.reminders.rules.settings import (
    MOST_IN_A_BATCH,
    MessagingSettings,
)
from daftari.reminders.store.log import find_message
from daftari.reminders.store.settings import find_settings


@dataclass(frozen=True, slots=True)
class Reminded:
    """The result of one reminder. `written`: prepared for WhatsApp, or enqueued; `known`: sent
    before.
    """

    answer: Literal["written", "known"]
    message_id: str


@dataclass(frozen=True, slots=True)
class RemindedMany:
    """The result of a batch: message ids, and the customers left out, with reasons."""

    message_ids: list[str] = field(default_factory=list)
    left_out: list[tuple[str, Reason]] = field(default_factory=list)


def remind(tx: WriteTx, member: Member, at: datetime, command: Remind) -> Reminded:
    """Check again and enqueue the reminder. Idempotent by its id.

    Raises `Missing`, `Conflict` for a known id with other content, Refusal(form=…) with the reason
    against it.
    """
    if _is_known(tx, command):
        return Reminded("known", command.id)
    now, settings = moment_in(member.shop, at), find_settings(tx)
    candidates = candidates_of(tx, now, [command.customer_id], ReminderScope(now.today))
    if not candidates:
        raise Missing(command.customer_id)
    reason = why_not_by_hand(candidates[0], command.channel, now, settings, command.available)
    if reason is not None:
        raise Refusal(form=reason)
    _put(tx, member, at, command, candidates[0], settings)
    return Reminded("written", command.id)


def remind_many(tx: WriteTx, member: Member, at: datetime, commands: list[Remind]) -> RemindedMany:
    """Send several reminders; a refused one does not stop the others.

    Raises Refusal(form='batch_too_large', `most`).
    """
    if len(commands) > MOST_IN_A_BATCH:
        raise Refusal(form=Reason("batch_too_large", {"most": MOST_IN_A_BATCH}))
    done = RemindedMany()
    for command in commands:
        try:
            done.message_ids.append(remind(tx, member, at, command).message_id)
        except Missing:
            continue
        except Refusal as refusal:
            done.left_out.append((command.customer_id, refusal.reasons["form"]))
    return done


def _put(
    tx: WriteTx,
    member: Member,
    at: datetime,
    command: Remind,
    candidate: ReminderCandidate,
    settings: MessagingSettings,
) -> None:
    shop, now = member.shop, moment_in(member.shop, at)
    context = message_context_to(
        tx, shop, settings, command.available, candidate.customer_id, candidate.language
    )
    text = compose_reminder(context, settings, candidate, command.tone, now.today)
    message = reminder(
        context,
        candidate,
        command.channel,
        text,
        ReminderScope(now.today),
        id=command.id,
        dedupe=f"reminder:{command.id}",
        not_before=next_open(at, shop.zone, settings),
        created_by=member.person.id,
    )
    enqueue(tx, at, message)
    details = {"message_id": command.id, "purpose": "reminder", "channel": command.channel}
    note_action(tx, member, at, "send_message", candidate.customer_id, details)


def _is_known(tx: ReadTx, command: Remind) -> bool:
    known = find_message(tx, command.id)
    if known is None:
        return False
    same = (known.customer_id, known.channel, known.purpose)
    if same != (command.customer_id, command.channel, "reminder"):
        raise Conflict(form="message_conflict")
    return True
