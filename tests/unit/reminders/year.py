"""A year of Umm Salim's shop on a clock that jumps from one thing that happens to the next.

What happens is done by the program's own actions; the worker comes when it said it would, and after
every write, as it does in life. Beside it stands a second opinion (`Memory`) that knows the debts,
the payments, the promises and the consents by other means, and judges every message that leaves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from daftari.customers.actions.consent import agree, find_stop_token, stop
from daftari.customers.rules.commands import Agree
from daftari.customers.rules.consent import OPT_INS, Agreed, ConsentChannel, ConsentMethod, OptIn
from daftari.db.base import WriteTx
from daftari.delivery.actions.dispatch import DispatchPolicy, claim_messages, settle_message
from daftari.delivery.rules import Channel, Outgoing
from daftari.delivery.rules.outcomes import accepted, passing
from daftari.delivery.store.claims import look as find_ready
from daftari.delivery.store.messages import find_next_moment
from daftari.kernel.clock import civil_date, moment_of
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import record_entry
from daftari.ledger.actions.promise import make_promise
from daftari.ledger.rules.commands import MakePromise, RecordEntry
from daftari.ledger.rules.kinds import Kind
from daftari.reminders.actions.checks import CHECKS
from daftari.reminders.actions.plan import look, plan
from daftari.reminders.actions.remind import remind
from daftari.reminders.actions.settings import change_messaging_settings
from daftari.reminders.rules.commands import ChangeMessagingSettings, Remind
from daftari.reminders.rules.settings import AvailableChannels, Tone
from tests.book import SHOP, UMM_SALIM, Book

ZONE = "Africa/Cairo"  # changes its clocks at midnight, twice a year
YEAR = 2026
OPENS, CLOSES = 10, 21
CAIRO = replace(SHOP, zone=ZONE, country="EG", due_days=None, digest_hour=None)
OWNER = replace(UMM_SALIM, shop=CAIRO)
POST = AvailableChannels("https://daftari.example")
POLICY = DispatchPolicy(frozenset(Channel), frozenset({Channel.SMS}), CHECKS, 200)
WEEK = timedelta(days=7)
PEOPLE = 3


@dataclass(frozen=True)
class Event:
    """Something happens on a day of the year, at an hour of the shop. `size`: how much or long."""

    day: int
    hour: int
    act: str
    who: int
    size: int


@dataclass(frozen=True)
class Left:
    """A message that left."""

    at: datetime
    message: Outgoing

    @property
    def is_automatic(self) -> bool:
        return self.message.created_by is None


@dataclass
class Memory:
    """What happened to one customer, kept by other means than the book's."""

    debts: list[list[Any]] = field(default_factory=list)  # [due, remaining, written], oldest first
    credit: int = 0
    paid_on: date | None = None
    promised_on: date | None = None
    paid_since_promise: bool = False
    opt_ins: set[OptIn] = field(default_factory=set)
    left: list[Left] = field(default_factory=list)

    def owe(self, minor: int, due: date, at: datetime) -> None:
        used = min(self.credit, minor)
        self.credit -= used
        self.debts.append([due, minor - used, at])

    def pay(self, minor: int, today: date) -> None:
        for debt in self.debts:
            used = min(minor, debt[1])
            debt[1] -= used
            minor -= used
        self.credit += minor
        self.paid_on, self.paid_since_promise = today, True

    def due_by(self, day: date, before: datetime) -> int:
        """Of what was written before that moment."""
        return sum(left for due, left, at in self.debts if due <= day and at < before)

    def owed(self) -> int:
        return sum(remaining for _, remaining, _ in self.debts)


class Year:
    """Lives through the events of one year."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.at = moment_of(date(YEAR, 1, 1), time(8), ZONE)
        self.people = [self._welcome(n) for n in range(PEOPLE)]
        self.memory = {one: Memory() for one in self.people}
        self.automatic: tuple[ConsentChannel, ...] = ()
        self.days_before = 0
        self.away_until = self.at
        self.wakeup: datetime | None = None
        self.provider_works = True
        self.failed_on: set[tuple[str, date]] = set()
        self.complaints: list[str] = []

    @property
    def today(self) -> date:
        return civil_date(self.at, ZONE)

    @property
    def _standing(self) -> datetime:
        """The day is planned from what stood in the book by then, and was past its undo."""
        return moment_of(self.today, time(OPENS), ZONE) - timedelta(minutes=1)

    def live(self, events: Sequence[Event]) -> None:
        moments = sorted((_moment(event), n, event) for n, event in enumerate(events))
        end = moment_of(date(YEAR, 12, 31), time(23), ZONE)
        for at, _, event in moments:
            self._go_on_until(at)
            self.at = max(self.at, at)
            getattr(self, event.act)(self.people[event.who], event.size)
            self._visit()
        self._go_on_until(end)

    # What can happen.

    def debt(self, who: str, size: int) -> None:
        due = self.today + timedelta(days=size % 30)
        self._write_line(who, Kind.DEBT, 100 + size, due_on=due)
        self.memory[who].owe(100 + size, due, self.at)

    def payment(self, who: str, size: int) -> None:
        self._write_line(who, Kind.PAYMENT, 10 + size)
        self.memory[who].pay(10 + size, self.today)

    def promise(self, who: str, size: int) -> None:
        memory = self.memory[who]
        if memory.owed() <= 0:
            return
        day = self.today + timedelta(days=size % 9)
        said = MakePromise(new_id(), who, CAIRO.currency, day)
        self.book.write(make_promise, OWNER, self.at, said)
        memory.promised_on, memory.paid_since_promise = day, False

    def consent(self, who: str, size: int) -> None:
        opt_ins = {opt_in for n, opt_in in enumerate(OPT_INS) if size >> (n % 7) & 1}
        agreed = Agreed(frozenset(opt_ins), ConsentMethod.IN_PERSON, "ar")
        self.book.write(agree, OWNER, self.at, Agree(new_id(), who, agreed))
        self.memory[who].opt_ins |= opt_ins

    def stop_link(self, who: str, size: int) -> None:
        token = self.book.write(find_stop_token, who)
        if token is not None:
            self.book.write(stop, self.at, token, OPT_INS)
            self.memory[who].opt_ins = set()

    def by_hand(self, who: str, size: int) -> None:
        channel = (ConsentChannel.SMS, ConsentChannel.EMAIL)[size % 2]
        command = Remind(new_id(), who, channel, Tone.PLAIN, POST)
        try:
            self.book.write(remind, OWNER, self.at, command)
        except Refusal:
            return
        self.book.write(remind, OWNER, self.at, command)  # the form was sent twice

    def settings(self, who: str, size: int) -> None:
        self.automatic = (
            (),
            (ConsentChannel.SMS,),
            (ConsentChannel.EMAIL,),
            (ConsentChannel.SMS, ConsentChannel.EMAIL),
        )[size % 4]
        self.days_before = size % 3
        chosen = ChangeMessagingSettings(
            Tone.PLAIN, "ar", True, CLOSES, OPENS, self.automatic, self.days_before, ()
        )
        self.book.write(change_messaging_settings, OWNER, self.at, chosen)

    def outage(self, who: str, size: int) -> None:
        """The program is down for some hours."""
        self.away_until = self.at + timedelta(hours=size % 60)

    def provider(self, who: str, size: int) -> None:
        self.provider_works = not self.provider_works

    # The worker.

    def _go_on_until(self, end: datetime) -> None:
        while (moment := self._next_moment()) <= end:
            self.at = moment
            must = self._who_must_be_reminded()
            if self.wakeup is not None and self.wakeup <= moment:
                self._visit()
            self._complain_of_lost(must)

    def _next_moment(self) -> datetime:
        """When the worker said it would come, or the day opens: the second opinion looks then."""
        opening = _opening_after(self.at)
        wakeup = max(self.wakeup or opening, self.away_until, self.at + timedelta(seconds=1))
        return min(wakeup, opening)

    def _visit(self) -> None:
        if self.at >= self.away_until:
            self.wakeup = self.book.write(self._look_and_do)

    def _look_and_do(self, tx: WriteTx) -> datetime | None:
        """What the worker does in a shop, and when it wants to come again."""
        plan_of_day = look(tx, CAIRO, self.at)
        if not plan_of_day.is_empty:
            plan(tx, CAIRO, self.at, POST)
            plan(tx, CAIRO, self.at, POST)  # by another worker: what is planned twice is one
            plan_of_day = look(tx, CAIRO, self.at)
        while find_ready(tx, self.at)[1]:
            for one in claim_messages(tx, CAIRO, self.at, POLICY, ()):
                self._carry(tx, one.message)
        wakeups = [one for one in (plan_of_day.next_at, find_next_moment(tx)) if one]
        return min(wakeups, default=None)

    def _carry(self, tx: WriteTx, message: Outgoing) -> None:
        if self.provider_works:
            self._judge(Left(self.at, message))
            settle_message(tx, self.at, message, accepted(message.id))
        else:
            self.failed_on.add((message.customer_id or "", self.today))
            settle_message(tx, self.at, message, passing("provider_down"))

    # The second opinion.

    def _judge(self, left: Left) -> None:
        message, memory = left.message, self.memory[left.message.customer_id or ""]
        hour = self.at.astimezone(ZoneInfo(ZONE)).hour
        earlier = memory.left
        opt_in = OptIn(ConsentChannel(message.channel), OptIn.named("sms_reminder").purpose)
        told = message.details["amounts"][CAIRO.currency]
        against = {
            "without consent": opt_in not in memory.opt_ins,
            "at night": not OPENS <= hour < CLOSES,
            "twice": any(one.message.id == message.id for one in earlier),
            "twice a day": any(_day(one.at) == self.today for one in earlier),
            "twice a week": left.is_automatic and any(self.at - one.at < WEEK for one in earlier),
            "paid today": memory.paid_on == self.today,
            "promised": memory.promised_on is not None
            and memory.promised_on >= self.today
            and not memory.paid_since_promise,
            "not owed": not 0 < told <= memory.owed(),
            "not due": left.is_automatic
            and told != memory.due_by(date.fromisoformat(message.details["until"]), self._standing),
        }
        self.complaints += [f"{self.at}: {what}" for what, is_so in against.items() if is_so]
        memory.left.append(left)

    def _who_must_be_reminded(self) -> list[str]:
        if self.at.astimezone(ZoneInfo(ZONE)).time() != time(OPENS) or self.at < self.away_until:
            return []
        return [who for who, memory in self.memory.items() if self._must(memory)]

    def _must(self, memory: Memory) -> bool:
        settings = {
            OptIn(channel, OptIn.named("sms_reminder").purpose) for channel in self.automatic
        }
        return (
            self.provider_works
            and bool(settings & memory.opt_ins)
            and memory.due_by(self.today + timedelta(days=self.days_before), self._standing) > 0
            and memory.paid_on != self.today
            and (memory.promised_on is None or memory.promised_on < self.today)
            and not any(self.at - one.at < WEEK for one in memory.left)
        )

    def _complain_of_lost(self, must: Sequence[str]) -> None:
        for who in must:
            reminded = any(_day(one.at) == self.today for one in self.memory[who].left)
            if not reminded and (who, self.today) not in self.failed_on:
                self.complaints.append(f"{self.at}: {who} was not reminded")

    # The book.

    def _welcome(self, n: int) -> str:
        self.book.at = self.at
        return self.book.customer(f"زبون {n}", phone=f"+20100000000{n}", email=f"c{n}@example.com")

    def _write_line(self, who: str, kind: Kind, minor: int, **more: Any) -> None:
        line = RecordEntry(new_id(), who, kind, minor, CAIRO.currency, **more)
        self.book.write(record_entry, OWNER, self.at, line)

    def reminded(self) -> dict[str, int]:
        counted: dict[str, int] = defaultdict(int)
        for memory in self.memory.values():
            for one in memory.left:
                counted["automatic" if one.is_automatic else "by hand"] += 1
        return counted


def _moment(event: Event) -> datetime:
    day = date(YEAR, 1, 1) + timedelta(days=event.day)
    return moment_of(day, time(event.hour, 17), ZONE)


def _opening_after(at: datetime) -> datetime:
    day = civil_date(at, ZONE)
    opening = moment_of(day, time(OPENS), ZONE)
    return opening if opening > at else moment_of(day + timedelta(days=1), time(OPENS), ZONE)


def _day(at: datetime) -> date:
    return civil_date(at, ZONE)
