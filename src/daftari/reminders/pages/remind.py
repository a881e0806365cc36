"""The sheet to remind one customer: the exact text, and the open channels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.actions.candidates import ReminderScope, candidates_of, moment_in
from daftari.reminders.actions.compose import compose_reminder, message_context_to
from daftari.reminders.rules.eligibility import LocalTime, ReminderCandidate, why_not_by_hand
from daftari.reminders.rules.quiet_hours import next_open
from daftari.reminders.rules.settings import AvailableChannels, MessagingSettings, Tone
from daftari.reminders.store.settings import find_settings


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel of a message. `reason`: why it is closed, None when it is open."""

    channel: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class RemindPage:
    """View model of the sheet. `owed`: minor units by currency.

    `channels`: all three; `channel`: the selected one, '' when none is open. `text`: exactly what
    would be sent, in `language`; '' when nothing can be. `waits_until`: the end of the quiet hours
    by the shop's clock, when it is postponed.
    """

    home: str
    customer_id: str
    name: str
    action: str
    id: str
    owed: Mapping[str, int]
    channels: tuple[ChannelView, ...]
    channel: str
    reason: Reason | None
    tones: tuple[str, ...]
    tone: str
    text: str
    language: str
    waits_until: datetime | None
    refused: Reason | None

    @property
    def url(self) -> str:
        return f"{self.home}/customers/{self.customer_id}"


@dataclass(frozen=True, slots=True)
class AskedToRemind:
    """Choices on the sheet so far; '' for none yet."""

    channel: str = ""
    tone: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AskedToRemind":
        return cls(query.get("channel", ""), query.get("tone", ""))


def remind_page(
    tx: ReadTx,
    member: Member,
    at: datetime,
    available: AvailableChannels,
    customer_id: str,
    asked: AskedToRemind,
    refused: Reason | None = None,
) -> RemindPage:
    """The sheet. Writes nothing. Raises `Missing`."""
    shop, now, settings = member.shop, moment_in(member.shop, at), find_settings(tx)
    candidates = candidates_of(tx, now, [customer_id], ReminderScope(now.today))
    if not candidates:
        raise Missing(customer_id)
    candidate = candidates[0]
    tone = Tone(asked.tone) if asked.tone in tuple(Tone) else settings.tone
    views = _channel_views(candidate, now, settings, available)
    channel = _chosen(views, asked.channel)
    open_at = next_open(at, shop.zone, settings)
    waits = channel != "" and open_at > at
    language = candidate.language or settings.language
    return RemindPage(
        home=shop.home,
        customer_id=customer_id,
        name=candidate.name,
        action=f"{shop.home}/customers/{customer_id}/reminders",
        id=new_id(),
        owed=candidate.amounts,
        channels=views,
        channel=channel,
        reason=None if channel else _common(views),
        tones=tuple(Tone),
        tone=tone,
        text=_text(tx, member, settings, now, available, candidate, tone) if channel else "",
        language=language,
        waits_until=open_at.astimezone(ZoneInfo(shop.zone)) if waits else None,
        refused=refused,
    )


def _channel_views(
    candidate: ReminderCandidate,
    now: LocalTime,
    settings: MessagingSettings,
    available: AvailableChannels,
) -> tuple[ChannelView, ...]:
    return tuple(
        ChannelView(one, why_not_by_hand(candidate, one, now, settings, available))
        for one in ConsentChannel
    )


def _chosen(views: tuple[ChannelView, ...], asked: str) -> str:
    """The requested channel when it is open, or else the first open one."""
    open_channels = [view.channel for view in views if view.reason is None]
    return asked if asked in open_channels else next(iter(open_channels), "")


def _common(views: tuple[ChannelView, ...]) -> Reason | None:
    """The reason against every channel, when it is the same for all."""
    reasons = {view.reason.name for view in views if view.reason}
    return views[0].reason if len(reasons) == 1 else None


def _text(
    tx: ReadTx,
    member: Member,
    settings: MessagingSettings,
    now: LocalTime,
    available: AvailableChannels,
    candidate: ReminderCandidate,
    tone: Tone,
) -> str:
    context = message_context_to(
        tx, member.shop, settings, available, candidate.customer_id, candidate.language
    )
    return compose_reminder(context, settings, candidate, tone, now.today)
