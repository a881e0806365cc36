"""The action of this room: an export is noted, and the shop hears of it."""

from datetime import datetime

from daftari.activity.actions import note_action
from daftari.audit.rules.commands import ExportActivity
from daftari.db.base import WriteTx
from daftari.identity.actions.odd_things import alert_export
from daftari.identity.rules import Member


def note_export(tx: WriteTx, member: Member, at: datetime, command: ExportActivity) -> None:
    """Note that the member takes the list out of the book as a file."""
    details = {"kind": command.kind} if command.kind else None
    note_action(tx, member, at, "export_activity", member.shop.id, details)
    alert_export(tx, member, at)
