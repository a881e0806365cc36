"""Eligibility of a customer for a reminder: each condition against it is a named reason."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from daftari.customers.rules.consent import ConsentChannel, OptIn, Purpose
from daftari.kernel.clock import business_day, moment_of
from daftari.kernel.refusal import Reason
from daftari.reminders.rules.quiet_hours import is_quiet
from daftari.reminders.rules.settings import AUTOMATIC_EVERY, AvailableChannels, MessagingSettings


@dataclass(frozen=True, slots=True)
class Owed:
    """An amount in one currency, late or not. `due_on`, `last_on`: the earliest and the last due
    date of its parts, None without one.
    """

    currency: str
    minor: int
    due_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReminderCandidate:
    """A customer, with the values that decide his eligibility for a reminder.

    `phone` is E.164. `owed`: the debts due by the requested day, else all that he owes.
    `promise_on`: the day of his open promise. `reminded_at`: the time of his last reminder, or of
    one that waits. `whole`: all that he owes by currency, whenever it is due.
    """

    customer_id: str
    name: str
    phone: str | None
    email: str | None
    language: str | None
    is_supplier: bool
    owed: tuple[Owed, ...]
    promise_on: date | None
    last_payment_on: date | None
    opt_ins: frozenset[OptIn]
    reminded_at: datetime | None
    whole: Mapping[str, int] = field(default_factory=dict)

    @property
    def amounts(self) -> Mapping[str, int]:
        """Owed amounts by currency, to compare two candidates."""
        sums: dict[str, int] = {}
        for one in self.owed:
            sums[one.currency] = sums.get(one.currency, 0) + one.minor
        return sums

    @property
    def is_due(self) -> bool:
        """Whether any part of the debt has a due date within the scope."""
        return any(one.due_on is not None for one in self.owed)

    def address(self, channel: ConsentChannel) -> str | None:
        return self.email if channel is ConsentChannel.EMAIL else self.phone


@dataclass(frozen=True, slots=True)
class LocalTime:
    """The current time with the shop's time zone, and the hour at which its business day ends."""

    at: datetime
    zone: str
    day_ends: int = 0

    @property
    def today(self) -> date:
        return self.day_of(self.at)

    def day_of(self, at: datetime) -> date:
        return business_day(at, self.zone, self.day_ends)

    def moment(self, day: date, hour: time) -> datetime:
        """The moment of an hour within a business day, which goes on into the night."""
        after_midnight = timedelta(days=hour.hour < self.day_ends)
        return moment_of(day + after_midnight, hour, self.zone)


def why_not_remind(candidate: ReminderCandidate, now: LocalTime) -> Reason | None:
    """The reason against any reminder, also by hand; None when there is none."""
    if candidate.is_supplier:
        return Reason("supplier_not_reminded")
    if not candidate.owed:
        return Reason("nothing_to_remind_of")
    if candidate.last_payment_on is not None and candidate.last_payment_on >= now.today:
        return Reason("paid_today")
    if candidate.promise_on is not None and candidate.promise_on >= now.today:
        return Reason("promise_ahead")
    if candidate.reminded_at is not None and now.day_of(candidate.reminded_at) >= now.today:
        return Reason("reminded_today")
    return None


def why_not_by(
    candidate: ReminderCandidate, channel: ConsentChannel, available: AvailableChannels
) -> Reason | None:
    """The reason against a reminder on this channel at any time."""
    return why_channel_closed(
        channel, Purpose.REMINDER, candidate.address(channel), candidate.opt_ins, available
    )


def why_channel_closed(
    channel: ConsentChannel,
    purpose: Purpose,
    address: str | None,
    opt_ins: Collection[OptIn],
    available: AvailableChannels,
) -> Reason | None:
    """The reason against this channel for this address and these consents."""
    if channel in available.closed:
        return Reason("channel_closed")
    if address is None:
        return Reason("no_email" if channel is ConsentChannel.EMAIL else "no_phone")
    return None if OptIn(channel, purpose) in opt_ins else Reason("no_consent")


def why_not_by_hand(
    candidate: ReminderCandidate,
    channel: ConsentChannel,
    now: LocalTime,
    settings: MessagingSettings,
    available: AvailableChannels,
) -> Reason | None:
    """The reason against a reminder by hand on this channel now.

    In quiet hours a WhatsApp text cannot be opened; the automatic channels wait until they end.
    """
    at_night = channel is ConsentChannel.WHATSAPP and is_quiet(now.at, now.zone, settings)
    reason = why_not_remind(candidate, now) or why_not_by(candidate, channel, available)
    return reason or (Reason("quiet_hours") if at_night else None)


def why_not_automatic(candidate: ReminderCandidate, now: LocalTime) -> Reason | None:
    """The reason against an automatic reminder: as above, and one reminder a week at most."""
    reason = why_not_remind(candidate, now)
    if reason is None and not candidate.is_due:
        return Reason("nothing_due")
    if reason is None and candidate.reminded_at is not None:
        lately = now.at - candidate.reminded_at < AUTOMATIC_EVERY
        return Reason("reminded_this_week") if lately else None
    return reason


def automatic_channel(
    candidate: ReminderCandidate, settings: MessagingSettings, available: AvailableChannels
) -> ConsentChannel | None:
    """The first of the shop's automatic channels to which this customer agreed."""
    return next(
        (one for one in settings.automatic if why_not_by(candidate, one, available) is None), None
    )
