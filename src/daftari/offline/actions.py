"""Taking in what a phone wrote down while nobody answered: a batch is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from daftari.accounts.rules import Member
from daftari.customers.actions import add_customer, change_customer, get_customer
from daftari.db.base import Tx
from daftari.db.engine import attempt
from daftari.kernel.clock import civil_date
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.ledger.actions import record_entry, record_new_entry, reverse_entry
from daftari.offline import store
from daftari.offline.forms import commands
from daftari.offline.forms.items import AnyItem, ChangeItem, CustomerItem, EntryItem, ReversalItem
from daftari.offline.rules.clocks import born_at
from daftari.offline.rules.verdicts import DEEDS, Answer, Verdict

KEPT: Final = timedelta(days=90)
# The person is asked at once, on the phone: that is no news for the owner.
_ASKED_BACK: Final = "same_name"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a phone brings. `ahead`: by how much its clock is; None where it does not say.

    `items`: read ones, and the verdicts of those that could not be read.
    """

    ahead: timedelta | None
    items: Sequence[AnyItem | Verdict]


@dataclass(frozen=True, slots=True)
class Taken:
    """One verdict for each item, in their order; the version the book has after them."""

    verdicts: tuple[Verdict, ...]
    version: int


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every item of a batch is judged with.

    `ahead`: of the phone's clock; `entries` (with their days), `customers`: those of the items' ids
    that stand in the book already.
    """

    tx: Tx
    member: Member
    at: datetime
    ahead: timedelta | None
    entries: dict[str, date]
    customers: set[str]

    @classmethod
    def of(cls, tx: Tx, member: Member, at: datetime, batch: Batch) -> "_Desk":
        ids = [item.id for item in batch.items if not isinstance(item, Verdict)]
        known = store.find_known_entries(tx, ids), store.find_known_customers(tx, ids)
        return cls(tx, member, at, batch.ahead, *known)


def take_batch(tx: Tx, member: Member, at: datetime, batch: Batch) -> Taken:
    """Do what the items ask, one after another. One that is refused leaves nothing of itself.

    An item whose verdict was spoken when it was read keeps it, and touches nothing.
    """
    desk = _Desk.of(tx, member, at, batch)
    verdicts = [item if isinstance(item, Verdict) else _judge(desk, item) for item in batch.items]
    return Taken(tuple(verdicts), store.find_version(tx))


def _judge(desk: _Desk, item: AnyItem) -> Verdict:
    verdict = _attempt(desk, item)
    if verdict.answer is Answer.REFUSED and verdict.reason and verdict.reason.name != _ASKED_BACK:
        row = {
            "id": item.id,
            "at": desk.at,
            "person_id": desk.member.person.id,
            "device": item.device,
            "verb": _verb(item),
            "reason": verdict.reason.name,
        }
        store.note_refusal(desk.tx, row, desk.at - KEPT)
    return verdict


def _attempt(desk: _Desk, item: AnyItem) -> Verdict:
    try:
        with attempt(desk.tx):
            return Verdict(item.id, Answer(_do(desk, item)))
    except Conflict as conflict:
        return Verdict(item.id, Answer.CONFLICT, _first(conflict))
    except Refusal as refusal:
        reason = _first(refusal)
        done = reason.name == "already_reversed"
        return Verdict(item.id, Answer.KNOWN if done else Answer.REFUSED, reason)
    except Missing:
        waits = "entry_waits" if isinstance(item, ReversalItem) else "customer_waits"
        return Verdict(item.id, Answer.DEFERRED, Reason(waits))


def _do(desk: _Desk, item: AnyItem) -> str:
    match item:
        case EntryItem():
            return _record(desk, item)
        case ReversalItem():
            return _reverse(desk, item)
        case CustomerItem():
            return _add(desk, item)
        case ChangeItem():
            return _change(desk, item)


def _record(desk: _Desk, item: EntryItem) -> str:
    """What stands in the book already is judged by the day it has there."""
    zone = desk.member.shop.zone
    born_on = desk.entries.get(item.id)
    is_known = born_on is not None
    _refuse_deed(desk, item, is_known)
    if born_on is None:
        born_on = civil_date(born_at(desk.at, desk.ahead, item.made_at), zone)
    try:
        command = commands.entry_of(item, desk.member.shop, born_on, civil_date(desk.at, zone))
    except Refusal as refusal:
        raise _other_content(refusal, is_known, "entry_conflict") from None
    write = record_entry if is_known else record_new_entry
    done = write(desk.tx, desk.member, desk.at, command, born_on=born_on)
    desk.entries[item.id] = done.line.occurred_on
    return done.answer


def _reverse(desk: _Desk, item: ReversalItem) -> str:
    is_known = item.id in desk.entries
    _refuse_deed(desk, item, is_known)
    try:
        command = commands.reversal_of(item)
    except Refusal as refusal:
        raise _other_content(refusal, is_known, "entry_conflict") from None
    done = reverse_entry(desk.tx, desk.member, desk.at, command)
    desk.entries[item.id] = done.line.occurred_on
    return done.answer


def _add(desk: _Desk, item: CustomerItem) -> str:
    is_known = item.id in desk.customers
    _refuse_deed(desk, item, is_known)
    try:
        command = commands.addition_of(item, desk.member)
    except Refusal as refusal:
        raise _other_content(refusal, is_known, "customer_conflict") from None
    done = add_customer(desk.tx, desk.member, desk.at, command)
    desk.customers.add(item.id)
    return done.answer


def _change(desk: _Desk, item: ChangeItem) -> str:
    """A change leaves its id behind, so that it is made once and never again."""
    tx, digest = desk.tx, commands.digest_of(item)
    is_known, said = store.find_change(tx, item.id)
    if is_known:
        if said not in (None, digest):
            raise Conflict(form="change_conflict")
        return Answer.KNOWN
    _refuse_deed(desk, item, is_known)
    name = get_customer(tx, item.customer_id).details.name
    change_customer(tx, desk.member, desk.at, commands.change_of(item, desk.member.shop, name))
    store.insert_change(tx, item.id, item.customer_id, digest)
    return Answer.WRITTEN


def _refuse_deed(desk: _Desk, item: AnyItem, is_known: bool) -> None:
    """The role may have narrowed since; that never hides what is written already."""
    if not is_known and not desk.member.may(DEEDS[_verb(item)]):
        raise Refusal(form="not_allowed")


def _other_content(refusal: Refusal, is_known: bool, name: str) -> Refusal:
    """What the forms refuse cannot be what was written under this id."""
    return Conflict(form=name) if is_known else refusal


def _verb(item: AnyItem) -> str:
    return str(item.__struct_config__.tag)


def _first(refusal: Refusal) -> Reason:
    return next(iter(refusal.reasons.values()))
