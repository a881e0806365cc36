"""The sheet to remind one customer: the exact text, and the open channels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daftari.customers.rules.consent import TEXT_VERSION, TEXTS
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission, Shop
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.actions.candidates import ReminderScope, candidates_of, moment_in
from daftari.reminders.actions.compose import compose_reminder, message_context_to
from daftari.reminders.rules.eligibility import LocalTime, ReminderCandidate, why_not_by_hand
from daftari.reminders.rules.quiet_hours import next_open
from daftari.reminders.rules.settings import AvailableChannels, MessagingSettings, Tone
from daftari.reminders.store.receipts import find_last_entry
from daftari.reminders.store.settings import find_settings


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel of a message. `reason`: why it is closed, None when it is open."""

    channel: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class RemindPage:
    """View model of the sheet.

    `owed`: minor units by currency, due where `is_due`; `whole`: all that he owes. `channels`:
    those that the operator has set up; `channel`: the selected one, '' when none is open. `asks`:
    the channel for which his consent can be asked now, '' for none; `question`: what he is asked.
    `text`: exactly what would be sent, in `language`; '' when nothing can be. `waits_until`: the
    end of the quiet hours by the shop's clock, when it is postponed. `phone`, `last_entry`: '' for
    none.
    """

    home: str
    customer_id: str
    name: str
    action: str
    id: str
    owed: Mapping[str, int]
    whole: Mapping[str, int]
    is_due: bool
    channels: tuple[ChannelView, ...]
    channel: str
    asks: str
    question: str
    reason: Reason | None
    tones: tuple[str, ...]
    tone: str
    text: str
    language: str
    waits_until: datetime | None
    phone: str
    last_entry: str
    is_one_of_many: bool
    refused: Reason | None

    @property
    def url(self) -> str:
        return f"{self.home}/customers/{self.customer_id}"

    @property
    def chat_href(self) -> str:
        """The chat without words, '' without a number."""
        return f"https://wa.me/{self.phone.lstrip('+')}" if self.phone else ""

    @property
    def receipt_href(self) -> str:
        """The receipt of the last entry, where nothing can be reminded of."""
        return f"{self.home}/entries/{self.last_entry}/receipt" if self.last_entry else ""

    @property
    def next_href(self) -> str:
        """The next of many, '' where only one is reminded."""
        after = f"{self.home}/reminders/next?after={self.customer_id}"
        return after if self.is_one_of_many else ""


@dataclass(frozen=True, slots=True)
class AskedToRemind:
    """Choices on the sheet so far; '' for none yet. `is_one_of_many`: the next customer follows."""

    channel: str = ""
    tone: str = ""
    is_one_of_many: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AskedToRemind":
        return cls(query.get("channel", ""), query.get("tone", ""), "many" in query)


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
    candidate = _candidate(tx, now, customer_id)
    tone = Tone(asked.tone) if asked.tone in tuple(Tone) else settings.tone
    views = _channel_views(candidate, now, settings, available)
    asks = _asks(member, views, asked.channel)
    channel = "" if asks else _chosen(views, asked.channel)
    return RemindPage(
        home=shop.home,
        customer_id=customer_id,
        name=candidate.name,
        action=f"{shop.home}/customers/{customer_id}/reminders",
        id=new_id(),
        owed=candidate.amounts,
        whole=candidate.whole,
        is_due=candidate.is_due,
        channels=views,
        channel=channel,
        asks=asks,
        question=TEXTS[TEXT_VERSION][member.person.language] if asks else "",
        reason=None if channel or asks else _common(views),
        tones=tuple(Tone),
        tone=tone,
        text=_text(tx, member, settings, now, available, candidate, tone) if channel else "",
        language=candidate.language or settings.language,
        waits_until=_waits_until(at, shop, settings) if channel else None,
        phone=candidate.phone or "",
        last_entry="" if channel or asks else find_last_entry(tx, customer_id),
        is_one_of_many=asked.is_one_of_many,
        refused=refused,
    )


def _candidate(tx: ReadTx, now: LocalTime, customer_id: str) -> ReminderCandidate:
    candidates = candidates_of(tx, now, [customer_id], ReminderScope(now.today))
    if not candidates:
        raise Missing(customer_id)
    return candidates[0]


def _waits_until(at: datetime, shop: Shop, settings: MessagingSettings) -> datetime | None:
    open_at = next_open(at, shop.zone, settings)
    return open_at.astimezone(ZoneInfo(shop.zone)) if open_at > at else None


def _channel_views(
    candidate: ReminderCandidate,
    now: LocalTime,
    settings: MessagingSettings,
    available: AvailableChannels,
) -> tuple[ChannelView, ...]:
    return tuple(
        ChannelView(one, why_not_by_hand(candidate, one, now, settings, available))
        for one in available.open
    )


def _asks(member: Member, views: tuple[ChannelView, ...], asked: str) -> str:
    """The channel whose consent is missing: the requested one, or the first where none is open."""
    missing = [view.channel for view in views if view.reason and view.reason.name == "no_consent"]
    if not member.may(Permission.ADD_CUSTOMER):
        return ""
    if asked in missing:
        return asked
    is_open = any(view.reason is None for view in views)
    return "" if is_open else next(iter(missing), "")


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
