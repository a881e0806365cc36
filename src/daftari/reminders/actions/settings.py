"""Changes of the shop's messaging settings."""

from dataclasses import replace
from datetime import datetime

from daftari.activity.actions import note_action
from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import WriteTx
from daftari.identity.rules import Member
from daftari.reminders.rules.commands import ChangeMessagingSettings
from daftari.reminders.rules.settings import AvailableChannels, changes, chosen_of, refuse_hours
from daftari.reminders.store.receipts import find_last_sequence
from daftari.reminders.store.settings import find_settings, put_settings
from daftari.settings import Settings


def change_messaging_settings(
    tx: WriteTx, member: Member, at: datetime, command: ChangeMessagingSettings
) -> None:
    """Save the messaging settings. Automatic receipts start with the next entry.

    Raises `Stale` for what others changed since it was seen, and what `refuse_hours` raises.
    """
    old = find_settings(tx)
    chosen = chosen_of(old) | command.seen.changes(command.values, chosen_of(old))
    refuse_hours(chosen["quiet_from"], chosen["quiet_until"])
    new = replace(old, **chosen)
    if new.receipts and not old.receipts:
        new = replace(new, receipts_after=find_last_sequence(tx))
    changed = changes(old, new)
    if changed:
        put_settings(tx, new)
        note_action(tx, member, at, "choose_ways", member.shop.id, changed)


def available_channels(settings: Settings) -> AvailableChannels:
    """The available channels of this installation."""
    opened = {
        ConsentChannel.SMS: settings.sms_provider is not None,
        ConsentChannel.EMAIL: settings.smtp_url,
    }
    return AvailableChannels(
        settings.origin, frozenset(one for one, is_open in opened.items() if not is_open)
    )
