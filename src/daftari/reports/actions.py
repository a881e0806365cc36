"""The actions of this room: what leaves the book as a file is noted, and told."""

from datetime import datetime

from daftari.activity.actions import note_action
from daftari.db.base import WriteTx
from daftari.identity.actions.odd_things import alert_export
from daftari.identity.rules import Member
from daftari.reports.rules.commands import ExportReport, ExportStatement


def note_statement(tx: WriteTx, member: Member, at: datetime, command: ExportStatement) -> None:
    """Note that the member takes a statement out of the book."""
    details = {"format": command.format}
    note_action(tx, member, at, "export_statement", command.customer_id, details)
    alert_export(tx, member, at)


def note_report(tx: WriteTx, member: Member, at: datetime, command: ExportReport) -> None:
    """Note that the member takes the report of the book out of it."""
    note_action(tx, member, at, "export_report", member.shop.id, {"format": command.format})
    alert_export(tx, member, at)
