"""The walk through those whose reminder lacks only a consent, one customer after the other."""

from dataclasses import dataclass
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.reminders.actions.candidates import ReminderScope, due_candidates, moment_in
from daftari.reminders.pages.remind import AskedToRemind, RemindPage, remind_page
from daftari.reminders.rules.eligibility import why_not_by_hand
from daftari.reminders.rules.settings import AvailableChannels
from daftari.reminders.store.settings import find_settings

MANY = AskedToRemind(is_one_of_many=True)


@dataclass(frozen=True, slots=True)
class NextPage:
    """View model of the walk. `remind`: the sheet of the next customer, None at the end. `left`:
    how many come after this one.
    """

    home: str
    remind: RemindPage | None
    left: int


def next_page(
    tx: ReadTx, member: Member, at: datetime, available: AvailableChannels, after: str
) -> NextPage:
    """The next customer who is due and was not asked, in the order of the batch."""
    ids = _to_ask(tx, member, at, available, after)
    sheet = remind_page(tx, member, at, available, ids[0], MANY) if ids else None
    return NextPage(member.shop.home, sheet, max(0, len(ids) - 1))


def _to_ask(
    tx: ReadTx, member: Member, at: datetime, available: AvailableChannels, after: str
) -> list[str]:
    now, settings = moment_in(member.shop, at), find_settings(tx)
    ids: list[str] = []
    for candidate in due_candidates(tx, now, ReminderScope(now.today)):
        reasons = [
            why_not_by_hand(candidate, one, now, settings, available) for one in available.open
        ]
        names = {reason.name for reason in reasons if reason}
        if candidate.customer_id == after:
            ids = []
        elif None not in reasons and "no_consent" in names:
            ids.append(candidate.customer_id)
    return ids
