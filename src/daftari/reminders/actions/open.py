"""The opening of a prepared text in WhatsApp."""

from dataclasses import dataclass
from datetime import datetime

from daftari.db.base import WriteTx
from daftari.delivery.actions import note_opened
from daftari.identity.rules import Member
from daftari.kernel.refusal import Missing
from daftari.reminders.actions import prepared
from daftari.reminders.rules.settings import AvailableChannels
from daftari.reminders.store import log


@dataclass(frozen=True, slots=True)
class Opened:
    """The command to mark one message as opened."""

    message_id: str
    available: AvailableChannels


def note_tap(tx: WriteTx, member: Member, at: datetime, tap: Opened) -> None:
    """Mark the message as opened, once; nothing when it may not be opened now.

    Raises `Missing` when there is no such prepared text.
    """
    row = log.find_message(tx, tap.message_id)
    if row is None:
        raise Missing(tap.message_id)
    if prepared.is_to_open(row) and prepared.why_not_open(tx, member, at, tap.available, row):
        return
    note_opened(tx, at, tap.message_id, member.person.id)
