"""The daily plan of a shop: the digest for its devices, automatic reminders and receipts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from daftari.db.base import ReadTx, WriteTx
from daftari.delivery.actions import enqueue, notify
from daftari.delivery.rules import Notification
from daftari.identity.rules import Shop
from daftari.ledger.actions.due import count_debtors, last_entry_before, next_due_day
from daftari.ledger.rules.commands import UNDO_WITHIN
from daftari.reminders.actions.candidates import ReminderScope, due_candidates, moment_in
from daftari.reminders.actions.compose import compose_reminder, message_context_to, reminder
from daftari.reminders.actions.receipts import plan_receipts
from daftari.reminders.rules.eligibility import (
    LocalTime,
    ReminderCandidate,
    automatic_channel,
    why_not_automatic,
)
from daftari.reminders.rules.quiet_hours import is_quiet
from daftari.reminders.rules.settings import (
    MOST_AUTOMATIC_A_DAY,
    AvailableChannels,
    MessagingSettings,
)
from daftari.reminders.store.receipts import find_last_sequence
from daftari.reminders.store.settings import find_settings, update_progress


@dataclass(frozen=True, slots=True)
class DailyPlan:
    """The jobs that are due now. `next_at`: the time to look again, None when no debt has a due
    date.
    """

    digest: bool
    reminders: bool
    receipts: bool
    next_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not (self.digest or self.reminders or self.receipts)


def look(tx: ReadTx, shop: Shop, at: datetime) -> DailyPlan:
    """The daily plan from two statements, or three with automatic receipts. Writes nothing."""
    settings, now = find_settings(tx), moment_in(shop, at)
    first_due = next_due_day(tx, date.min)
    turns = [
        _turn(first_due, _digest_hour(shop), settings.digest_on, now, 0),
        _turn(first_due, _opening(shop, settings), settings.planned_on, now, settings.days_before),
    ]
    return DailyPlan(
        digest=turns[0][0],
        reminders=turns[1][0] and not is_quiet(at, shop.zone, settings),
        receipts=bool(settings.receipts) and find_last_sequence(tx) > settings.receipts_after,
        next_at=min((moment for _, moment in turns if moment), default=None),
    )


def plan(tx: WriteTx, shop: Shop, at: datetime, available: AvailableChannels) -> None:
    """Run the jobs that `look` found, in one transaction. Idempotent."""
    plan_of_day = look(tx, shop, at)
    if plan_of_day.digest:
        tell_phones(tx, shop, at)
    if plan_of_day.reminders:
        remind_due(tx, shop, at, available)
    if plan_of_day.receipts:
        plan_receipts(tx, shop, at, available)


def tell_phones(tx: WriteTx, shop: Shop, at: datetime) -> None:
    """Enqueue the digest («مستحق اليوم: ٣ زبائن»), once a day."""
    now = moment_in(shop, at)
    due, late = count_debtors(tx, now.today, _last_line(tx, now, _digest_hour(shop)))
    notice = Notification(
        kind="digest",
        dedupe=f"digest:{now.today}",
        path="/due",
        purpose="digest",
        details={"due": due, "late": late, "badge": due + late},
        expires_at=shop.start_of(now.today + timedelta(days=1)),
    )
    if due or late:
        notify(tx, at, notice)
    update_progress(tx, find_settings(tx), digest_on=now.today)


def remind_due(tx: WriteTx, shop: Shop, at: datetime, available: AvailableChannels) -> None:
    """Enqueue the automatic reminders up to the daily limit; the rest waits for the next day."""
    settings, now = find_settings(tx), moment_in(shop, at)
    last = _last_line(tx, now, _opening(shop, settings))
    scope = ReminderScope(now.today + timedelta(days=settings.days_before), last)
    left = MOST_AUTOMATIC_A_DAY
    for candidate in due_candidates(tx, now, scope):
        if left and why_not_automatic(candidate, now) is None:
            left -= _remind(tx, shop, now, settings, candidate, scope, available)
    update_progress(tx, settings, planned_on=now.today)


def _remind(
    tx: WriteTx,
    shop: Shop,
    now: LocalTime,
    settings: MessagingSettings,
    candidate: ReminderCandidate,
    scope: ReminderScope,
    available: AvailableChannels,
) -> bool:
    channel = automatic_channel(candidate, settings, available)
    if channel is None:
        return False
    context = message_context_to(
        tx, shop, settings, available, candidate.customer_id, candidate.language
    )
    text = compose_reminder(context, settings, candidate, settings.tone, now.today)
    today = f"{now.today}"
    message = reminder(
        context,
        candidate,
        channel,
        text,
        scope,
        dedupe=f"reminder:{candidate.customer_id}:{today}",
        expires_at=now.moment(now.today, time(settings.quiet_from)),
    )
    return enqueue(tx, now.at, message)


def _last_line(tx: ReadTx, now: LocalTime, hour: time | None) -> int:
    """The last entry that counts for today's plan: recorded by its hour, and past its time to undo.

    Later entries are planned the next day.
    """
    return last_entry_before(tx, now.moment(now.today, hour or time(now.day_ends)) - UNDO_WITHIN)


def _digest_hour(shop: Shop) -> time | None:
    return None if shop.digest_hour is None else time(shop.digest_hour)


def _opening(shop: Shop, settings: MessagingSettings) -> time | None:
    return time(settings.quiet_until) if settings.automatic else None


def _turn(
    first_due: date | None,
    hour: time | None,
    done_on: date | None,
    now: LocalTime,
    days_before: int,
) -> tuple[bool, datetime | None]:
    """Whether a job is due now, and when it is due next."""
    if first_due is None or hour is None:
        return False, None
    first = first_due - timedelta(days=days_before)
    today, tomorrow = now.today, now.today + timedelta(days=1)
    if first > today:
        return False, now.moment(first, hour)
    if done_on == today:
        return False, now.moment(tomorrow, hour)
    here = now.moment(today, hour)
    return (True, now.moment(tomorrow, hour)) if here <= now.at else (False, here)
