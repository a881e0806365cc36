"""Sync of items that a phone recorded offline: one batch is one transaction."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from daftari.customers.actions import add_customer, change_customer, get_customer
from daftari.db.base import WriteTx
from daftari.db.engine import attempt
from daftari.identity.rules import Member
from daftari.kernel.clock import civil_date
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.ledger.actions import record_entry, record_new_entry, reverse_entry
from daftari.offline import store
from daftari.offline.forms import mapping
from daftari.offline.forms.items import (
    AnyItem,
    ChangeItem,
    CustomerItem,
    EntryItem,
    IncomingBatch,
    ReversalItem,
)
from daftari.offline.rules.clocks import born_at
from daftari.offline.rules.verdicts import PERMISSIONS, Answer, Verdict

KEPT: Final = timedelta(days=90)
# Reasons the person corrects on the phone itself: they are not reported to the owner.
_ASKED_BACK: Final = "same_name"


@dataclass(frozen=True, slots=True)
class AppliedBatch:
    """The result of a batch: one verdict for each item, in their order, and the book's version
    after it.
    """

    verdicts: tuple[Verdict, ...]
    version: int


@dataclass(frozen=True, slots=True)
class _BatchContext:
    """Values shared by the items of a batch.

    `ahead`: how far the phone's clock is ahead; `entries` (with their days) and `customers`: the
    item ids that are already in the book.
    """

    tx: WriteTx
    member: Member
    at: datetime
    ahead: timedelta | None
    entries: dict[str, date]
    customers: set[str]

    @classmethod
    def of(cls, tx: WriteTx, member: Member, at: datetime, batch: IncomingBatch) -> "_BatchContext":
        ids = [item.id for item in batch.items if not isinstance(item, Verdict)]
        known = store.find_known_entries(tx, ids), store.find_known_customers(tx, ids)
        return cls(tx, member, at, batch.ahead, *known)


def apply_batch(tx: WriteTx, member: Member, at: datetime, batch: IncomingBatch) -> AppliedBatch:
    """Apply the items in their order. A refused item changes nothing.

    An item that already has a verdict keeps it and is not applied.
    """
    context = _BatchContext.of(tx, member, at, batch)
    verdicts = [
        item if isinstance(item, Verdict) else _judge(context, item) for item in batch.items
    ]
    return AppliedBatch(tuple(verdicts), store.find_version(tx))


def _judge(context: _BatchContext, item: AnyItem) -> Verdict:
    verdict = _attempt(context, item)
    if verdict.answer is Answer.REFUSED and verdict.reason and verdict.reason.name != _ASKED_BACK:
        row = {
            "id": item.id,
            "at": context.at,
            "person_id": context.member.person.id,
            "device": item.device,
            "verb": _verb(item),
            "reason": verdict.reason.name,
        }
        store.note_refusal(context.tx, row, context.at - KEPT)
    return verdict


def _attempt(context: _BatchContext, item: AnyItem) -> Verdict:
    try:
        with attempt(context.tx):
            return Verdict(item.id, Answer(_do(context, item)))
    except Conflict as conflict:
        return Verdict(item.id, Answer.CONFLICT, _first(conflict)[1])
    except Refusal as refusal:
        field, reason = _first(refusal)
        done = reason.name == "already_reversed"
        return Verdict(item.id, Answer.KNOWN if done else Answer.REFUSED, reason, field)
    except Missing:
        waits = "entry_waits" if isinstance(item, ReversalItem) else "customer_waits"
        return Verdict(item.id, Answer.DEFERRED, Reason(waits))


def _do(context: _BatchContext, item: AnyItem) -> str:
    match item:
        case EntryItem():
            return _record(context, item)
        case ReversalItem():
            return _reverse(context, item)
        case CustomerItem():
            return _add(context, item)
        case ChangeItem():
            return _change(context, item)


def _record(context: _BatchContext, item: EntryItem) -> str:
    """Record an entry. An entry already in the book is compared by the day stored there."""
    zone = context.member.shop.zone
    born_on = context.entries.get(item.id)
    is_known = born_on is not None
    _refuse_without_permission(context, item, is_known)
    if born_on is None:
        born_on = civil_date(born_at(context.at, context.ahead, item.made_at), zone)
    try:
        command = mapping.entry_of(item, context.member.shop, born_on, civil_date(context.at, zone))
    except Refusal as refusal:
        raise _other_content(refusal, is_known, "entry_conflict") from None
    write = record_entry if is_known else record_new_entry
    done = write(context.tx, context.member, context.at, command, born_on=born_on)
    context.entries[item.id] = done.entry.occurred_on
    return done.answer


def _reverse(context: _BatchContext, item: ReversalItem) -> str:
    is_known = item.id in context.entries
    _refuse_without_permission(context, item, is_known)
    try:
        command = mapping.reversal_of(item)
    except Refusal as refusal:
        raise _other_content(refusal, is_known, "entry_conflict") from None
    done = reverse_entry(context.tx, context.member, context.at, command)
    context.entries[item.id] = done.entry.occurred_on
    return done.answer


def _add(context: _BatchContext, item: CustomerItem) -> str:
    is_known = item.id in context.customers
    _refuse_without_permission(context, item, is_known)
    try:
        command = mapping.addition_of(item, context.member)
    except Refusal as refusal:
        raise _other_content(refusal, is_known, "customer_conflict") from None
    done = add_customer(context.tx, context.member, context.at, command)
    context.customers.add(item.id)
    return done.answer


def _change(context: _BatchContext, item: ChangeItem) -> str:
    """Change a customer. The id of the change is stored, so that it is applied only once."""
    tx, digest = context.tx, mapping.digest_of(item)
    is_known, stored = store.find_change(tx, item.id)
    if is_known:
        if stored not in (None, digest):
            raise Conflict(form="change_conflict")
        return Answer.KNOWN
    _refuse_without_permission(context, item, is_known)
    name = get_customer(tx, item.customer_id).details.name
    change_customer(
        tx, context.member, context.at, mapping.change_of(item, context.member.shop, name)
    )
    store.insert_change(tx, item.id, item.customer_id, digest)
    return Answer.WRITTEN


def _refuse_without_permission(context: _BatchContext, item: AnyItem, is_known: bool) -> None:
    """Refuse an item the member's role does not permit. A known item is still reported as known."""
    if not is_known and not context.member.may(PERMISSIONS[_verb(item)]):
        raise Refusal(form="not_allowed")


def _other_content(refusal: Refusal, is_known: bool, name: str) -> Refusal:
    """The refusal, or a `Conflict` when the id is known: the stored content differs, as it was
    valid.
    """
    return Conflict(form=name) if is_known else refusal


def _verb(item: AnyItem) -> str:
    return str(item.__struct_config__.tag)


def _first(refusal: Refusal) -> tuple[str, Reason]:
    """The first field that was refused, and why."""
    return next(iter(refusal.reasons.items()))
