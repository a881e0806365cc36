"""The sync format: a batch and its items. All input is untrusted.

An item is a flat JSON object; each verb has a struct of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, get_args, get_type_hints

import msgspec
from msgspec import UNSET, UnsetType

from daftari.customers.rules import DETAILS, Detail, Details
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
    """The body of one POST. `now`: the phone's clock, ISO 8601."""

    device: str
    now: str
    items: list[msgspec.Raw]


class Item(msgspec.Struct, frozen=True, tag_field="verb"):
    """Fields of every item. `v`: the format version; `made_at`: by the phone's clock."""

    v: Annotated[int, msgspec.Meta(ge=1)]
    id: str
    user: str
    shop: str
    device: str
    sequence: int
    made_at: str


DetailValues = Mapping[str, str | int | None]
"""The details of a customer that an item contains, by their columns: texts as typed, '' for none;
numbers, None for none; a limit is in the shop's currency. On the wire they stand beside the other
members of the item."""


class CustomerItem(Item, frozen=True, tag="add_customer"):
    """A new customer, whose id is the item's. `details`: as `DetailValues`; `agreed`: the consents
    he gave («sms_reminder»), None when he was not asked.
    """

    details: DetailValues = {}
    same_name_ok: bool = False
    agreed: list[str] | None = None
    consent_how: str = ""


class RetiredItem(Item, frozen=True, tag="change_customer"):
    """A change of a customer's details, which phones made offline before it needed the network."""


class GoodsOfItem(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A row of goods: an array of its name, its quantity in thousandths, and the price of one."""

    name: str
    quantity_milli: int
    price_minor: int


class EntryItem(Item, frozen=True, tag="record_entry"):
    """A new entry, whose id is the item's. Days are civil dates; '' for none. `paid_minor` to
    `rate_of`: what was handed over in another currency. `goods`: of a debt; their sum is the
    amount. `branch`: the id of the one it was written in. `ask`: «yes» asks for approval where that
    is all it lacks; so with the two below.
    """

    customer_id: str
    kind: str
    amount_minor: int
    currency: str
    occurred_on: str = ""
    due_on: str = ""
    side: str = ""
    method: str = ""
    for_id: str = msgspec.field(default="", name="for")
    paid_minor: int | None = None
    paid_currency: str = ""
    rate_e8: int | None = None
    rate_of: str = ""
    note: str = ""
    taker: str = ""
    paid_by: str = ""
    branch: str = ""
    goods: list[GoodsOfItem] = []
    ask: str = ""


class ReversalItem(Item, frozen=True, tag="reverse_entry"):
    """The reversal of an entry; the reversal's id is the item's."""

    entry_id: str
    reason: str = ""
    ask: str = ""


class CorrectionItem(Item, frozen=True, tag="correct_entry"):
    """The correction of an entry; the new entry's id is the item's. Fields that it does not contain
    stay as they are; '' for none.
    """

    entry_id: str
    reversal_id: str
    amount_minor: int | None = None
    occurred_on: str | UnsetType = UNSET
    due_on: str | UnsetType = UNSET
    method: str | UnsetType = UNSET
    for_id: str | UnsetType = msgspec.field(default=UNSET, name="for")
    paid_minor: int | None = None
    paid_currency: str | UnsetType = UNSET
    rate_e8: int | None = None
    note: str | UnsetType = UNSET
    taker: str | UnsetType = UNSET
    paid_by: str | UnsetType = UNSET
    goods: list[GoodsOfItem] | None = None
    ask: str = ""


AnyItem = CustomerItem | EntryItem | ReversalItem | CorrectionItem | RetiredItem


class _Loose(msgspec.Struct):
    """The fields that are read from an item that does not match the format."""

    id: Any = None
    verb: Any = None
    v: Any = None
    user: Any = None
    shop: Any = None


def _wire_type(detail: Detail) -> object:
    """The type of a detail in an item: a number where `Details` has one, else text."""
    is_number = int in get_args(get_type_hints(Details)[detail.column])
    return int | None | UnsetType if is_number else str | UnsetType


_BATCH = msgspec.json.Decoder(Batch)
_ITEM: msgspec.json.Decoder[AnyItem] = msgspec.json.Decoder(AnyItem)
DetailsOfItem = msgspec.defstruct(
    "DetailsOfItem", [(detail.column, _wire_type(detail), UNSET) for detail in DETAILS]
)
_DETAILS = msgspec.json.Decoder(DetailsOfItem)
_LOOSE = msgspec.json.Decoder(_Loose)
_VERBS = {*PERMISSIONS, str(RetiredItem.__struct_config__.tag)}
_UNREADABLE = (msgspec.DecodeError, RecursionError, UnicodeError)


def read_batch(body: bytes) -> Batch:
    """The batch from a request body. Raises Refusal: batch=batch_not_clear, items=too_many_items
    (`most`).
    """
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
    """The decoded item, or a verdict when it belongs to another member or cannot be decoded."""
    try:
        item = _with_details(raw, _ITEM.decode(raw))
    except _UNREADABLE:
        return _unread(raw, member)
    whose = stranger(member, item.user, item.shop)
    if whose is not None:
        return _refused(item.id, whose)
    if item.v > NEWEST_FORM:
        return Verdict(item.id, Answer.DEFERRED, Reason("version_newer"))
    if not all(map(is_id, (item.id, item.device, subject_of(item)))):
        return _refused(item.id, "item_not_clear")
    return item


def _with_details(raw: msgspec.Raw, item: AnyItem) -> AnyItem:
    if not isinstance(item, CustomerItem):
        return item
    values = msgspec.structs.asdict(_DETAILS.decode(raw))
    said = {name: value for name, value in values.items() if value is not UNSET}
    return msgspec.structs.replace(item, details=said)


def _unread(raw: msgspec.Raw, member: Member) -> Verdict:
    """The verdict on an item that cannot be decoded: deferred for a newer format, else refused."""
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
    if isinstance(seen.verb, str) and seen.verb not in _VERBS:
        return Verdict(item_id, Answer.DEFERRED, Reason("verb_unknown"))
    return _refused(item_id, "item_not_clear")


def _refused(item_id: str, reason: str) -> Verdict:
    return Verdict(item_id, Answer.REFUSED, Reason(reason))


def verb_of(item: AnyItem) -> str:
    return str(item.__struct_config__.tag)


def subject_of(item: AnyItem) -> str:
    """The id of the entry or the customer that the item is about."""
    if isinstance(item, CustomerItem | RetiredItem):
        return item.id
    if isinstance(item, ReversalItem | CorrectionItem):
        return item.entry_id
    return item.customer_id


@dataclass(frozen=True, slots=True)
class IncomingBatch:
    """A batch of items from a phone. `ahead`: how far its clock is ahead; None when unknown.

    `items`: decoded items, and verdicts on those that could not be decoded.
    """

    ahead: timedelta | None
    items: Sequence[AnyItem | Verdict]
