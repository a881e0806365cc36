"""Reminding somebody by hand, one or many."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import ReadTx, WriteTx
from daftari.delivery.actions import enqueue
from daftari.identity.rules import Member
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.reminders.actions.candidates import ReminderScope, candidates_of, moment_in
from daftari.reminders.actions.compose import compose_reminder, message_context_to, reminder
from daftari.reminders.rules.eligibility import ReminderCandidate, why_not_by_hand
from daftari.reminders.rules.quiet_hours import next_open
from daftari.reminders.rules.settings import (
    MOST_IN_A_BATCH,
    AvailableChannels,
    MessagingSettings,
    Tone,
)
from daftari.reminders.store.log import find_message
from daftari.reminders.store.settings import find_settings


@dataclass(frozen=True, slots=True)
class Remind:
    """`id`: of the message, made where it was asked for. `available`: as in `rules.settings`."""

    id: str
    customer_id: str
    channel: ConsentChannel
    tone: Tone
    available: AvailableChannels


@dataclass(frozen=True, slots=True)
class Reminded:
    """`written`: WhatsApp's is prepared, the others go. `known`: it was asked for before."""

    answer: Literal["written", "known"]
    message_id: str


@dataclass(frozen=True, slots=True)
class RemindedMany:
    """What became of a batch: the messages, and who was left out, by id, and why."""

    message_ids: list[str] = field(default_factory=list)
    left_out: list[tuple[str, Reason]] = field(default_factory=list)


def remind(tx: WriteTx, member: Member, at: datetime, command: Remind) -> Reminded:
    """Ask once more, and put the message into the outbox; the same one sent twice is one.

    Raises `Missing`, `Conflict` for a known id with other content, Refusal(form=…) with what
    speaks against it.
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
    """The same for each; nobody stands in another's way.

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


def _is_known(tx: ReadTx, command: Remind) -> bool:
    known = find_message(tx, command.id)
    if known is None:
        return False
    same = (known.customer_id, known.channel, known.purpose)
    if same != (command.customer_id, command.channel, "reminder"):
        raise Conflict(form="message_conflict")
    return True
