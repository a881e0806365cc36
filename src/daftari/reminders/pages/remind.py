"""The sheet that reminds one customer: the exact words, and by which way they may go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daftari.accounts.rules import Member
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.rules.cases import Case, Moment, why_not_by_hand
from daftari.reminders.rules.hours import next_open
from daftari.reminders.rules.ways import Post, Tone, Ways
from daftari.reminders.store.cases import Reach, cases_of, moment_in
from daftari.reminders.store.letters import speech_to, words_of_reminder
from daftari.reminders.store.ways import find_ways


@dataclass(frozen=True, slots=True)
class WayView:
    """One way a message can take. `reason`: why it is off, None where it is open."""

    channel: str
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class RemindPage:
    """`owed`: minor units by currency. `ways`: all three; `channel`: the chosen one, '' where none
    is open. `text`: exactly what would be sent, in `language`; '' where nothing can be.
    `waits_until`: by the shop's clock, where the night is waited for.
    """

    home: str
    customer_id: str
    name: str
    action: str
    id: str
    owed: Mapping[str, int]
    ways: tuple[WayView, ...]
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
    """What was chosen on the sheet so far; '' for nothing yet."""

    channel: str = ""
    tone: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AskedToRemind":
        return cls(query.get("channel", ""), query.get("tone", ""))


def remind_page(
    tx: Tx,
    member: Member,
    at: datetime,
    post: Post,
    customer_id: str,
    asked: AskedToRemind,
    refused: Reason | None = None,
) -> RemindPage:
    """Writes nothing. Raises `Missing`."""
    shop, now, ways = member.shop, moment_in(member.shop, at), find_ways(tx)
    cases = cases_of(tx, now, [customer_id], Reach(now.today))
    if not cases:
        raise Missing(customer_id)
    case, tone = cases[0], Tone(asked.tone) if asked.tone in tuple(Tone) else ways.tone
    views = tuple(WayView(one, why_not_by_hand(case, one, now, ways, post)) for one in Channel)
    channel = _chosen(views, asked.channel)
    open_at = next_open(at, shop.zone, ways)
    waits = channel != "" and open_at > at
    language = case.language or ways.language
    return RemindPage(
        home=shop.home,
        customer_id=customer_id,
        name=case.name,
        action=f"{shop.home}/customers/{customer_id}/reminders",
        id=new_id(),
        owed=case.amounts,
        ways=views,
        channel=channel,
        reason=None if channel else _common(views),
        tones=tuple(Tone),
        tone=tone,
        text=_text(tx, member, ways, now, post, case, tone) if channel else "",
        language=language,
        waits_until=open_at.astimezone(ZoneInfo(shop.zone)) if waits else None,
        refused=refused,
    )


def _chosen(views: tuple[WayView, ...], asked: str) -> str:
    """The way that was asked for, or the first that is open."""
    open_ways = [view.channel for view in views if view.reason is None]
    return asked if asked in open_ways else next(iter(open_ways), "")


def _common(views: tuple[WayView, ...]) -> Reason | None:
    """What speaks against every way, where it is one thing."""
    reasons = {view.reason.name for view in views if view.reason}
    return views[0].reason if len(reasons) == 1 else None


def _text(
    tx: Tx, member: Member, ways: Ways, now: Moment, post: Post, case: Case, tone: Tone
) -> str:
    speech = speech_to(tx, member.shop, ways, post, case.customer_id, case.language)
    return words_of_reminder(speech, ways, case, tone, now.today)
