"""The opening of a prepared text in WhatsApp."""

from datetime import datetime

from daftari.db.base import WriteTx
from daftari.db.narrowing import narrowed
from daftari.delivery.actions import note_opened
from daftari.identity.rules import Member
from daftari.kernel.refusal import Missing
from daftari.reminders.actions import prepared
from daftari.reminders.rules.commands import MarkOpened
from daftari.reminders.store import log


def mark_opened(tx: WriteTx, member: Member, at: datetime, command: MarkOpened) -> None:
    """Mark the message as opened, once; nothing when it may not be opened now.

    Raises `Missing` when there is no such prepared text.
    """
    with narrowed(tx, member.only_branch):
        row = log.find_message(tx, command.message_id)
    if row is None:
        raise Missing(command.message_id)
    if prepared.is_to_open(row) and prepared.why_not_open(tx, member, at, command.available, row):
        return
    note_opened(tx, at, command.message_id, member.person.id)
