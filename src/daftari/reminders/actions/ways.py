"""Choosing how the shop goes about its messages."""

from dataclasses import replace
from datetime import datetime

from daftari.accounts.rules import Member
from daftari.activity.actions import Done, note_in_shop
from daftari.db.base import Tx
from daftari.reminders.forms.ways import ChooseWays
from daftari.reminders.rules.ways import changes
from daftari.reminders.store.receipts import find_last_sequence
from daftari.reminders.store.ways import find_ways, put_ways


def choose_ways(tx: Tx, member: Member, at: datetime, command: ChooseWays) -> None:
    """Receipts begin with the next entry: nobody is told of what was written before."""
    old = find_ways(tx)
    new = replace(old, **command.values)
    if new.receipts and not old.receipts:
        new = replace(new, receipts_after=find_last_sequence(tx))
    changed = changes(old, new)
    if changed:
        put_ways(tx, new)
        note_in_shop(tx, Done(member.person.id, "choose_ways", member.shop.id, at, changed))
