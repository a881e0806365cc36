"""Reminding somebody by hand, one or many."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from daftari.accounts.rules import Member
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.delivery.actions import enqueue
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.reminders.rules.cases import Case, why_not_by_hand
from daftari.reminders.rules.hours import next_open
from daftari.reminders.rules.ways import MOST_IN_A_BATCH, Post, Tone, Ways
from daftari.reminders.store.cases import Reach, cases_of, moment_in
from daftari.reminders.store.letters import reminder, speech_to, words_of_reminder
from daftari.reminders.store.log import find_message
from daftari.reminders.store.ways import find_ways


@dataclass(frozen=True, slots=True)
class Remind:
    """`id`: of the message, made where it was asked for. `post`: as in `rules.ways`."""

    id: str
    customer_id: str
    channel: Channel
    tone: Tone
    post: Post


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


def remind(tx: Tx, member: Member, at: datetime, command: Remind) -> Reminded:
    """Ask once more, and put the message into the outbox; the same one sent twice is one.

    Raises `Missing`, `Conflict` for a known id with other content, Refusal(form=…) with what
    speaks against it.
    """
    if _is_known(tx, command):
        return Reminded("known", command.id)
    now, ways = moment_in(member.shop, at), find_ways(tx)
    cases = cases_of(tx, now, [command.customer_id], Reach(now.today))
    if not cases:
        raise Missing(command.customer_id)
    reason = why_not_by_hand(cases[0], command.channel, now, ways, command.post)
    if reason is not None:
        raise Refusal(form=reason)
    _put(tx, member, at, command, cases[0], ways)
    return Reminded("written", command.id)


def remind_many(tx: Tx, member: Member, at: datetime, commands: list[Remind]) -> RemindedMany:
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


def _put(tx: Tx, member: Member, at: datetime, command: Remind, case: Case, ways: Ways) -> None:
    shop, now = member.shop, moment_in(member.shop, at)
    speech = speech_to(tx, shop, ways, command.post, case.customer_id, case.language)
    text = words_of_reminder(speech, ways, case, command.tone, now.today)
    message = reminder(
        speech,
        case,
        command.channel,
        text,
        Reach(now.today),
        id=command.id,
        dedupe=f"reminder:{command.id}",
        not_before=next_open(at, shop.zone, ways),
        created_by=member.person.id,
    )
    enqueue(tx, at, message)


def _is_known(tx: Tx, command: Remind) -> bool:
    known = find_message(tx, command.id)
    if known is None:
        return False
    same = (known.customer_id, known.channel, known.purpose)
    if same != (command.customer_id, command.channel, "reminder"):
        raise Conflict(form="message_conflict")
    return True
