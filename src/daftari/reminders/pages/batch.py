"""Reminding many at once: what each would read, and who is left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from daftari.accounts.rules import Member
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Reason
from daftari.reminders.pages.message import MessageView, open_href, view_of
from daftari.reminders.rules.cases import Case, Moment, why_not_by_hand
from daftari.reminders.rules.ways import MOST_IN_A_BATCH, Post, Tone, Ways
from daftari.reminders.store import log
from daftari.reminders.store.cases import Reach, cases_of, due_cases, moment_in
from daftari.reminders.store.letters import speech_to, words_of_reminder
from daftari.reminders.store.ways import find_ways

_TELL_LITTLE = ("channel_closed", "no_phone", "no_email")
_ORDER = (Channel.SMS, Channel.EMAIL, Channel.WHATSAPP)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Who would be reminded. `pick`: what the form sends for the row; `text`: the exact words."""

    pick: str
    href: str
    name: str
    owed: Mapping[str, int]
    channel: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    href: str
    name: str
    owed: Mapping[str, int]
    reason: Reason


@dataclass(frozen=True, slots=True)
class BatchPage:
    """`rows`: at most as many as go at once; `waiting`: how many more could go after them."""

    home: str
    action: str
    rows: tuple[BatchRow, ...]
    left_out: tuple[LeftOut, ...]
    waiting: int
    tones: tuple[str, ...]
    tone: str
    channels: tuple[str, ...]
    channel: str
    refused: Reason | None


@dataclass(frozen=True, slots=True)
class SentRow:
    """`open_href`: the way to WhatsApp, '' for what goes by itself."""

    message: MessageView
    open_href: str
    opened_action: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """What became of a batch just sent."""

    home: str
    rows: tuple[SentRow, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def to_open(self) -> int:
        return sum(1 for row in self.rows if row.message.state == "prepared")


def batch_page(
    tx: Tx,
    member: Member,
    at: datetime,
    post: Post,
    query: Mapping[str, str],
    refused: Reason | None = None,
) -> BatchPage:
    """Everybody with something due today or before, the longest waiting first. Writes nothing."""
    now, ways = moment_in(member.shop, at), find_ways(tx)
    tone = Tone(query["tone"]) if query.get("tone") in tuple(Tone) else ways.tone
    channel = query.get("channel", "")
    order = (Channel(channel),) if channel in tuple(Channel) else _ORDER
    rows: list[BatchRow] = []
    left_out: list[LeftOut] = []
    waiting = 0
    for case in due_cases(tx, now, Reach(now.today)):
        way, reason = _way(case, order, now, ways, post)
        if way is None:
            left_out.append(_left_out(case, member, reason))
        elif len(rows) < MOST_IN_A_BATCH:
            rows.append(_row(tx, member, now, ways, post, case, way, tone))
        else:
            waiting += 1
    home = member.shop.home
    return BatchPage(
        home=home,
        action=f"{home}/reminders",
        rows=tuple(rows),
        left_out=tuple(left_out),
        waiting=waiting,
        tones=tuple(Tone),
        tone=tone,
        channels=tuple(_ORDER),
        channel=channel if len(order) == 1 else "",
        refused=refused,
    )


def sent_page(
    tx: Tx,
    member: Member,
    at: datetime,
    names: Mapping[str, str],
    message_ids: Sequence[str],
    left: Mapping[str, str],
) -> SentPage:
    """`left`: who was left out, by id, and the name of the reason."""
    now = moment_in(member.shop, at)
    found = log.find_messages(tx, message_ids)
    cases = cases_of(tx, now, list(left), Reach(now.today))
    return SentPage(
        home=member.shop.home,
        rows=tuple(_sent(row, member, names) for row in found),
        left_out=tuple(_left_out(case, member, Reason(left[case.customer_id])) for case in cases),
    )


def _way(
    case: Case, order: Sequence[Channel], now: Moment, ways: Ways, post: Post
) -> tuple[Channel | None, Reason]:
    """The first way that is open, or what speaks against the first that is thought of.

    «He did not agree» tells more than «there is no address», where both are so.
    """
    against = [(channel, why_not_by_hand(case, channel, now, ways, post)) for channel in order]
    reasons = [reason for _, reason in against if reason is not None]
    told = [reason for reason in reasons if reason.name not in _TELL_LITTLE]
    way = next((channel for channel, reason in against if reason is None), None)
    return way, next(iter(told or reasons), Reason("no_consent"))


def _row(
    tx: Tx,
    member: Member,
    now: Moment,
    ways: Ways,
    post: Post,
    case: Case,
    channel: Channel,
    tone: Tone,
) -> BatchRow:
    speech = speech_to(tx, member.shop, ways, post, case.customer_id, case.language)
    return BatchRow(
        pick=f"{new_id()}.{channel}.{case.customer_id}",
        href=f"{member.shop.home}/customers/{case.customer_id}",
        name=case.name,
        owed=case.amounts,
        channel=channel,
        text=words_of_reminder(speech, ways, case, tone, now.today),
        language=speech.language,
    )


def _left_out(case: Case, member: Member, reason: Reason) -> LeftOut:
    href = f"{member.shop.home}/customers/{case.customer_id}"
    return LeftOut(href, case.name, case.amounts, reason)


def _sent(row: object, member: Member, names: Mapping[str, str]) -> SentRow:
    view = view_of(row, member, names)
    way = open_href(view) if view.channel == Channel.WHATSAPP else ""
    return SentRow(view, way, f"{view.href}/opened")
