"""Actions on what was refused: a member who may enters it himself, or leaves it out for good."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from daftari.activity.actions import note_action
from daftari.db.base import ReadTx, WriteTx
from daftari.db.narrowing import narrowed
from daftari.identity.rules import Member
from daftari.kernel.refusal import Missing, Refusal
from daftari.offline.actions.sync import enter_items
from daftari.offline.forms.items import AnyItem, CustomerItem, RetiredItem
from daftari.offline.forms.stored_items import stored_item
from daftari.offline.rules.commands import SettleRefused
from daftari.offline.store import refusals as store


def settle_refused(tx: WriteTx, member: Member, at: datetime, command: SettleRefused) -> None:
    """Enter a refused item as the member's own, on the day it was made, or leave it out.

    A customer who was refused as well is added with his first entry. What is settled stays as it
    is: sent twice is once. Raises `Missing`, and what the item's own forms and rules raise;
    Refusal(form=…): refused_without_its_entry where the entry that it changes is not there.
    """
    with narrowed(tx, member.only_branch):
        row = store.find_refusal(tx, command.id)
    if row is None:
        raise Missing(command.id)
    if row.settled_at is not None:
        return
    subject_id, details = row.customer_id or row.id, {"of": row.person_id, "verb": row.verb}
    if command.enters:
        store.settle(tx, _enter(tx, member, at, row), "entered", member.person.id, at)
        note_action(tx, member, at, "enter_refused", subject_id, details)
    else:
        store.settle(tx, [row.id], "left", member.person.id, at)
        note_action(tx, member, at, "leave_refused", subject_id, details)


def _enter(tx: WriteTx, member: Member, at: datetime, row: Any) -> list[str]:
    """Write the item, and the customer it needs. Returns the ids of what is settled by that."""
    items = _needed(tx, _item_of(row), row.customer_id)
    try:
        enter_items(tx, items, by=member, at=at)
    except Missing:
        raise Refusal(form="refused_without_its_entry") from None
    return [item.id for item in items]


def _needed(tx: ReadTx, item: AnyItem, customer_id: str | None) -> list[AnyItem]:
    """The item, after the new customer that it is about where he was refused too, be it that he was
    left out: an entry needs him.
    """
    if isinstance(item, CustomerItem) or customer_id is None:
        return [item]
    customer = store.find_refusal(tx, customer_id)
    if customer is None or customer.settled_as == "entered":
        return [item]
    return [_item_of(customer), item]


def _item_of(row: Any) -> AnyItem:
    """The item as it is entered; that there is another of the name was asked on the phone."""
    item = stored_item(row.content) if row.content else None
    if item is None or isinstance(item, RetiredItem):
        raise Missing(row.id)
    return replace(item, same_name_ok=True) if isinstance(item, CustomerItem) else item
