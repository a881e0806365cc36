"""The action of this room: an export of the whole shop is noted, and the shop hears of it."""

from datetime import datetime

from daftari.activity.actions import note_action
from daftari.db.base import WriteTx
from daftari.exports.rules.commands import ExportShop
from daftari.identity.actions.odd_things import alert_export
from daftari.identity.rules import Member


def note_shop_export(tx: WriteTx, member: Member, at: datetime, command: ExportShop) -> None:
    """Note that the member takes the whole shop out of the book as a file."""
    note_action(tx, member, at, "export_shop", member.shop.id, {"task": command.id})
    alert_export(tx, member, at)
