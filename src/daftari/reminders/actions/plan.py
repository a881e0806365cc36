"""What a shop's day asks for: a word to its phones, and to those whose debts are due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from daftari.accounts.rules import Shop
from daftari.db.base import Tx
from daftari.delivery.actions import enqueue, notify
from daftari.delivery.rules import Notice
from daftari.kernel.clock import moment_of
from daftari.ledger.actions.due import count_debtors, last_line_before, next_due_day
from daftari.ledger.rules.commands import UNDO_WITHIN
from daftari.reminders.actions.receipts import plan_receipts
from daftari.reminders.rules.cases import Case, Moment, automatic_channel, why_not_automatic
from daftari.reminders.rules.hours import is_quiet
from daftari.reminders.rules.ways import MOST_AUTOMATIC_A_DAY, Post, Ways
from daftari.reminders.store.cases import Reach, due_cases, moment_in
from daftari.reminders.store.letters import reminder, speech_to, words_of_reminder
from daftari.reminders.store.receipts import find_last_sequence
from daftari.reminders.store.ways import find_ways, move_on


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be done now, and when to look again; None where nothing is open with a day."""

    digest: bool
    reminders: bool
    receipts: bool
    next_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not (self.digest or self.reminders or self.receipts)


def look(tx: Tx, shop: Shop, at: datetime) -> Agenda:
    """Two statements, and a third where receipts go by themselves. Writes nothing."""
    ways, now = find_ways(tx), moment_in(shop, at)
    first_due = next_due_day(tx, date.min)
    turns = [
        _turn(first_due, _digest_hour(shop), ways.digest_on, now, 0),
        _turn(first_due, _opening(shop, ways), ways.planned_on, now, ways.days_before),
    ]
    return Agenda(
        digest=turns[0][0],
        reminders=turns[1][0] and not is_quiet(at, shop.zone, ways),
        receipts=bool(ways.receipts) and find_last_sequence(tx) > ways.receipts_after,
        next_at=min((moment for _, moment in turns if moment), default=None),
    )


def plan(tx: Tx, shop: Shop, at: datetime, post: Post) -> None:
    """Do what `look` sees, in one write; asked twice it is done once."""
    agenda = look(tx, shop, at)
    if agenda.digest:
        tell_phones(tx, shop, at)
    if agenda.reminders:
        remind_due(tx, shop, at, post)
    if agenda.receipts:
        plan_receipts(tx, shop, at, post)


def tell_phones(tx: Tx, shop: Shop, at: datetime) -> None:
    """«مستحق اليوم: ٣ زبائن», once a day."""
    now = moment_in(shop, at)
    due, late = count_debtors(tx, now.today, _last_line(tx, now, _digest_hour(shop)))
    notice = Notice(
        kind="digest",
        dedupe=f"digest:{now.today}",
        path="/due",
        purpose="digest",
        details={"due": due, "late": late, "badge": due + late},
        expires_at=moment_of(now.today + timedelta(days=1), time(), shop.zone),
    )
    if due or late:
        notify(tx, at, notice)
    move_on(tx, find_ways(tx), digest_on=now.today)


def remind_due(tx: Tx, shop: Shop, at: datetime, post: Post) -> None:
    """A message for each who may be reminded, until the day's cap; the rest have tomorrow."""
    ways, now = find_ways(tx), moment_in(shop, at)
    last = _last_line(tx, now, _opening(shop, ways))
    reach = Reach(now.today + timedelta(days=ways.days_before), last)
    left = MOST_AUTOMATIC_A_DAY
    for case in due_cases(tx, now, reach):
        if left and why_not_automatic(case, now) is None:
            left -= _remind(tx, shop, now, ways, case, reach, post)
    move_on(tx, ways, planned_on=now.today)


def _remind(
    tx: Tx, shop: Shop, now: Moment, ways: Ways, case: Case, reach: Reach, post: Post
) -> bool:
    channel = automatic_channel(case, ways, post)
    if channel is None:
        return False
    speech = speech_to(tx, shop, ways, post, case.customer_id, case.language)
    text = words_of_reminder(speech, ways, case, ways.tone, now.today)
    today = f"{now.today}"
    message = reminder(
        speech,
        case,
        channel,
        text,
        reach,
        dedupe=f"reminder:{case.customer_id}:{today}",
        expires_at=moment_of(now.today, time(ways.quiet_from), shop.zone),
    )
    return enqueue(tx, now.at, message)


def _last_line(tx: Tx, now: Moment, hour: time | None) -> int:
    """A day is planned from what stood in the book at its hour, and could not be undone by a tap:
    what is written later has tomorrow.
    """
    return last_line_before(tx, moment_of(now.today, hour or time(), now.zone) - UNDO_WITHIN)


def _digest_hour(shop: Shop) -> time | None:
    return None if shop.digest_hour is None else time(shop.digest_hour)


def _opening(shop: Shop, ways: Ways) -> time | None:
    return time(ways.quiet_until) if ways.automatic else None


def _turn(
    first_due: date | None, hour: time | None, done_on: date | None, now: Moment, days_before: int
) -> tuple[bool, datetime | None]:
    """Whether it is this job's turn, and when it will be next."""
    if first_due is None or hour is None:
        return False, None
    first = first_due - timedelta(days=days_before)
    today, tomorrow = now.today, now.today + timedelta(days=1)
    if first > today:
        return False, moment_of(first, hour, now.zone)
    if done_on == today:
        return False, moment_of(tomorrow, hour, now.zone)
    here = moment_of(today, hour, now.zone)
    return (True, moment_of(tomorrow, hour, now.zone)) if here <= now.at else (False, here)
