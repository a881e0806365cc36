"""What a phone sends: a batch, and its items one by one. Nothing of an item is believed.

An item is JSON of one flat object; each verb has a struct of its own.
"""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

from daftari.identity.rules import Member
from daftari.kernel.ids import is_id
from daftari.kernel.refusal import Reason, Refusal
from daftari.offline.rules.verdicts import (
    MOST_ITEMS,
    NEWEST_FORM,
    PERMISSIONS,
    Answer,
    Verdict,
    stranger,
)


class Batch(msgspec.Struct, frozen=True):
    """What one POST holds. `now`: what the phone's clock shows, ISO 8601."""

    device: str
    now: str
    items: list[msgspec.Raw]


class Item(msgspec.Struct, frozen=True, tag_field="verb"):
    """What every item carries. `v`: the form of the item; `made_at`: by the phone's clock."""

    v: Annotated[int, msgspec.Meta(ge=1)]
    id: str
    user: str
    shop: str
    device: str
    sequence: int
    made_at: str


class CustomerItem(Item, frozen=True, tag="add_customer"):
    """A new customer, whose id is the item's. `credit_limit_minor`: of the shop's currency;
    `agreed`: the wishes he said yes to («sms_reminder»), None where he was not asked.
    """

    name: str
    nickname: str = ""
    phone: str = ""
    role: str = "customer"
    note: str = ""
    credit_limit_minor: int | None = None
    due_days: int | None = None
    payday: str = ""
    email: str = ""
    language: str = ""
    same_name_ok: bool = False
    agreed: list[str] | None = None
    consent_how: str = ""


class ChangeItem(Item, frozen=True, tag="change_customer"):
    """New values for what it names; what it does not name stays as the book has it."""

    customer_id: str
    name: str | UnsetType = UNSET
    nickname: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    role: str | UnsetType = UNSET
    note: str | UnsetType = UNSET
    credit_limit_minor: int | None | UnsetType = UNSET
    due_days: int | None | UnsetType = UNSET
    payday: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    language: str | UnsetType = UNSET


class EntryItem(Item, frozen=True, tag="record_entry"):
    """One line for the book, whose id is the item's. Days are civil dates; '' for none."""

    customer_id: str
    kind: str
    amount_minor: int
    currency: str
    occurred_on: str = ""
    due_on: str = ""
    side: str = ""
    method: str = ""
    note: str = ""
    taker: str = ""
    paid_by: str = ""


class ReversalItem(Item, frozen=True, tag="reverse_entry"):
    """The answer to a mistake; the reversal's id is the item's."""

    entry_id: str
    reason: str = ""


AnyItem = CustomerItem | ChangeItem | EntryItem | ReversalItem


class _Loose(msgspec.Struct):
    """What can be told of an item that is none of ours."""

    id: Any = None
    verb: Any = None
    v: Any = None
    user: Any = None
    shop: Any = None


_BATCH = msgspec.json.Decoder(Batch)
_ITEM: msgspec.json.Decoder[AnyItem] = msgspec.json.Decoder(AnyItem)
_LOOSE = msgspec.json.Decoder(_Loose)
_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeError)


def read_batch(body: bytes) -> Batch:
    """Raises Refusal: batch=batch_not_clear, items=too_many_items (`most`)."""
    try:
        batch = _BATCH.decode(body)
    except _UNREADABLE:
        raise Refusal(batch="batch_not_clear") from None
    if not is_id(batch.device):
        raise Refusal(batch="batch_not_clear")
    if len(batch.items) > MOST_ITEMS:
        raise Refusal(items=Reason("too_many_items", {"most": MOST_ITEMS}))
    return batch


def read_item(raw: msgspec.Raw, member: Member) -> AnyItem | Verdict:
    """The item, or at once the verdict on one that is not ours to judge or cannot be read."""
    try:
        item = _ITEM.decode(raw)
    except _UNREADABLE:
        return _unread(raw, member)
    whose = stranger(member, item.user, item.shop)
    if whose is not None:
        return _refused(item.id, whose)
    if item.v > NEWEST_FORM:
        return Verdict(item.id, Answer.DEFERRED, Reason("version_newer"))
    if not all(map(is_id, (item.id, item.device, _subject(item)))):
        return _refused(item.id, "item_not_clear")
    return item


def _unread(raw: msgspec.Raw, member: Member) -> Verdict:
    """Of a newer phone it waits; what is of nobody's making is refused."""
    try:
        seen = _LOOSE.decode(raw)
    except _UNREADABLE:
        seen = _Loose()
    item_id = seen.id if isinstance(seen.id, str) else ""
    user, shop = seen.user, seen.shop
    if isinstance(user, str) and isinstance(shop, str) and (whose := stranger(member, user, shop)):
        return _refused(item_id, whose)
    if isinstance(seen.v, int) and seen.v > NEWEST_FORM:
        return Verdict(item_id, Answer.DEFERRED, Reason("version_newer"))
    if isinstance(seen.verb, str) and seen.verb not in PERMISSIONS:
        return Verdict(item_id, Answer.DEFERRED, Reason("verb_unknown"))
    return _refused(item_id, "item_not_clear")


def _refused(item_id: str, reason: str) -> Verdict:
    return Verdict(item_id, Answer.REFUSED, Reason(reason))


def _subject(item: AnyItem) -> str:
    """The id of what the item speaks of."""
    if isinstance(item, CustomerItem):
        return item.id
    return item.entry_id if isinstance(item, ReversalItem) else item.customer_id
