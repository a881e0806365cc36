"""Pages of a batch of reminders: its preview with texts and exclusions, and its result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Reason
from daftari.reminders.actions.candidates import (
    ReminderScope,
    candidates_of,
    due_candidates,
    moment_in,
)
from daftari.reminders.actions.compose import compose_reminder, message_context_to
from daftari.reminders.pages.message import MessageView, open_href, view_of
from daftari.reminders.rules.eligibility import LocalTime, ReminderCandidate, why_not_by_hand
from daftari.reminders.rules.settings import (
    MOST_IN_A_BATCH,
    AvailableChannels,
    MessagingSettings,
    Tone,
)
from daftari.reminders.store import log
from daftari.reminders.store.settings import find_settings

_TELL_LITTLE = ("channel_closed", "no_phone", "no_email")
_ORDER = (ConsentChannel.SMS, ConsentChannel.EMAIL, ConsentChannel.WHATSAPP)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A customer to be reminded. `pick`: the value of the row's checkbox; `text`: the exact
    text.
    """

    pick: str
    href: str
    name: str
    owed: Mapping[str, int]
    whole: Mapping[str, int]
    channel: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    href: str
    name: str
    owed: Mapping[str, int]
    whole: Mapping[str, int]
    reason: Reason


@dataclass(frozen=True, slots=True)
class BatchPage:
    """View model of the batch. `rows`: at most one batch; `waiting`: how many more remain."""

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

    @property
    def unasked(self) -> int:
        """How many are left out because they have not agreed."""
        return sum(1 for one in self.left_out if one.reason.name == "no_consent")


@dataclass(frozen=True, slots=True)
class SentRow:
    """A sent message. `open_href`: the link to WhatsApp, '' for automatic channels."""

    message: MessageView
    open_href: str
    opened_action: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """View model of the result of a batch."""

    home: str
    rows: tuple[SentRow, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def to_open(self) -> int:
        return sum(1 for row in self.rows if row.message.state == "prepared")


def batch_page(
    tx: ReadTx,
    member: Member,
    at: datetime,
    available: AvailableChannels,
    query: Mapping[str, str],
    refused: Reason | None = None,
) -> BatchPage:
    """The batch of customers with debts due by today, the earliest first. Writes nothing."""
    now, settings = moment_in(member.shop, at), find_settings(tx)
    tone = Tone(query["tone"]) if query.get("tone") in tuple(Tone) else settings.tone
    channel = query.get("channel", "")
    ways = tuple(one for one in _ORDER if one in available.open)
    order = (ConsentChannel(channel),) if channel in ways else ways
    rows: list[BatchRow] = []
    left_out: list[LeftOut] = []
    waiting = 0
    for candidate in due_candidates(tx, now, ReminderScope(now.today)):
        open_channel, reason = _channel(candidate, order, now, settings, available)
        if open_channel is None:
            left_out.append(_left_out(candidate, member, reason))
        elif len(rows) < MOST_IN_A_BATCH:
            rows.append(_row(tx, member, now, settings, available, candidate, open_channel, tone))
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
        channels=ways,
        channel=channel if channel in ways else "",
        refused=refused,
    )


def sent_page(
    tx: ReadTx,
    member: Member,
    at: datetime,
    names: Mapping[str, str],
    message_ids: Sequence[str],
    left: Mapping[str, str],
) -> SentPage:
    """The result of a batch. `left`: customers left out, by id, with the name of the reason."""
    now = moment_in(member.shop, at)
    found = log.find_messages(tx, message_ids)
    candidates = candidates_of(tx, now, list(left), ReminderScope(now.today))
    return SentPage(
        home=member.shop.home,
        rows=tuple(_sent(row, member, names) for row in found),
        left_out=tuple(
            _left_out(candidate, member, Reason(left[candidate.customer_id]))
            for candidate in candidates
        ),
    )


def _channel(
    candidate: ReminderCandidate,
    order: Sequence[ConsentChannel],
    now: LocalTime,
    settings: MessagingSettings,
    available: AvailableChannels,
) -> tuple[ConsentChannel | None, Reason]:
    """The first open channel, or the most useful reason why none is open.

    «He did not agree» is preferred to «there is no address» when both apply.
    """
    against = [
        (channel, why_not_by_hand(candidate, channel, now, settings, available))
        for channel in order
    ]
    reasons = [reason for _, reason in against if reason is not None]
    useful = [reason for reason in reasons if reason.name not in _TELL_LITTLE]
    open_channel = next((channel for channel, reason in against if reason is None), None)
    return open_channel, next(iter(useful or reasons), Reason("no_consent"))


def _row(
    tx: ReadTx,
    member: Member,
    now: LocalTime,
    settings: MessagingSettings,
    available: AvailableChannels,
    candidate: ReminderCandidate,
    channel: ConsentChannel,
    tone: Tone,
) -> BatchRow:
    context = message_context_to(
        tx, member.shop, settings, available, candidate.customer_id, candidate.language
    )
    return BatchRow(
        pick=f"{new_id()}.{channel}.{candidate.customer_id}",
        href=f"{member.shop.home}/customers/{candidate.customer_id}",
        name=candidate.name,
        owed=candidate.amounts,
        whole=candidate.whole,
        channel=channel,
        text=compose_reminder(context, settings, candidate, tone, now.today),
        language=context.language,
    )


def _left_out(candidate: ReminderCandidate, member: Member, reason: Reason) -> LeftOut:
    href = f"{member.shop.home}/customers/{candidate.customer_id}"
    return LeftOut(href, candidate.name, candidate.amounts, candidate.whole, reason)


def _sent(row: object, member: Member, names: Mapping[str, str]) -> SentRow:
    view = view_of(row, member, names)
    href = open_href(view) if view.channel == ConsentChannel.WHATSAPP else ""
    return SentRow(view, href, f"{view.href}/opened")
