"""Changes of the shop's messaging settings."""

from dataclasses import replace
from datetime import datetime

from daftari.activity.actions import AuditRecord, note_in_shop
from daftari.db.base import WriteTx
from daftari.identity.rules import Member
from daftari.reminders.forms.settings import ChangeMessagingSettings
from daftari.reminders.rules.settings import changes
from daftari.reminders.store.receipts import find_last_sequence
from daftari.reminders.store.settings import find_settings, put_settings


def change_messaging_settings(
    tx: WriteTx, member: Member, at: datetime, command: ChangeMessagingSettings
) -> None:
    """Save the messaging settings. Automatic receipts start with the next entry."""
    old = find_settings(tx)
    new = replace(old, **command.values)
    if new.receipts and not old.receipts:
        new = replace(new, receipts_after=find_last_sequence(tx))
    changed = changes(old, new)
    if changed:
        put_settings(tx, new)
        note_in_shop(tx, AuditRecord(member.person.id, "choose_ways", member.shop.id, at, changed))
