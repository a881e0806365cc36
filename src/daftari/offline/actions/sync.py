"""Sync of items that a phone recorded offline: one batch is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from daftari.customers.actions import add_new_customer
from daftari.db.base import WriteTx
from daftari.db.engine import attempt, concerns_the_file
from daftari.idempotency.actions import claim_key, is_known
from daftari.identity.rules import Member
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.ledger.actions import record_new_entry, reverse_entry, submit_correction
from daftari.ledger.actions.approval import Asked, submit_or_ask
from daftari.ledger.forms.approval import ASKS
from daftari.offline.actions.noting import alert_refused, keep_refused
from daftari.offline.forms import mapping
from daftari.offline.forms.items import (
    AnyItem,
    CorrectionItem,
    CustomerItem,
    EntryItem,
    IncomingBatch,
    RetiredItem,
    ReversalItem,
    verb_of,
)
from daftari.offline.rules.clocks import born_at
from daftari.offline.rules.verdicts import ALERTED, PERMISSIONS, Answer, Verdict, of_former
from daftari.offline.store.snapshot import find_version
from daftari.web.logs import log_job_failure

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
    """Values shared by the items of a batch. `ahead`: how far the phone's clock is ahead;
    `alerted`: the ids of items of which the shop is told by an alert.
    """

    tx: WriteTx
    member: Member
    at: datetime
    ahead: timedelta | None
    alerted: list[str] = field(default_factory=list)


def apply_batch(tx: WriteTx, member: Member, at: datetime, batch: IncomingBatch) -> AppliedBatch:
    """Apply the items in their order. A refused item changes nothing.

    An item that already has a verdict keeps it and is not applied; but of who is no member any
    more nothing waits, and all that is not in the book is refused.
    """
    context = _BatchContext(tx, member, at, batch.ahead)
    verdicts = [
        item if isinstance(item, Verdict) else _judge(context, item) for item in batch.items
    ]
    if member.ended_at is not None:
        verdicts = [of_former(verdict) for verdict in verdicts]
    alert_refused(tx, context.alerted, by=member, at=at)
    return AppliedBatch(tuple(verdicts), find_version(tx))


def enter_items(tx: WriteTx, items: Sequence[AnyItem], *, by: Member, at: datetime) -> None:
    """Write items that another's phone held, as a member's own; each on the day it was made.

    Raises what their forms and rules raise; `Missing` where an entry or a customer is not there.
    """
    context = _BatchContext(tx, by, at, timedelta(0))
    for item in items:
        _do(context, item)


def _judge(context: _BatchContext, item: AnyItem) -> Verdict:
    verdict = _attempt(context, item)
    if verdict.answer is Answer.REFUSED and verdict.reason and verdict.reason.name != _ASKED_BACK:
        _note(context, item, verdict.reason.name)
    return verdict


def _note(context: _BatchContext, item: AnyItem, reason: str) -> None:
    made_at = born_at(context.at, context.ahead, item.made_at)
    by, at = context.member, context.at
    is_new = keep_refused(context.tx, item, made_at, reason, by=by, at=at)
    if is_new and reason in ALERTED:
        context.alerted.append(item.id)


def _attempt(context: _BatchContext, item: AnyItem) -> Verdict:
    try:
        with attempt(context.tx):
            return Verdict(item.id, Answer(_do(context, item)))
    except Conflict as conflict:
        return Verdict(item.id, Answer.CONFLICT, _first(conflict)[1])
    except Refusal as refusal:
        field, reason = _first(refusal)
        done = reason.name == "already_reversed" and isinstance(item, ReversalItem)
        return Verdict(item.id, Answer.KNOWN if done else Answer.REFUSED, reason, field)
    except Missing:
        of_entry = isinstance(item, ReversalItem | CorrectionItem)
        if of_entry and context.member.only_branch is not None:
            # it would wait for ever: the entry may be of a branch that he does not see any more
            return Verdict(item.id, Answer.REFUSED, Reason("entry_not_seen"))
        waits = "entry_waits" if of_entry else "customer_waits"
        return Verdict(item.id, Answer.DEFERRED, Reason(waits))
    except Exception as error:  # one item that fails holds up no other
        if concerns_the_file(error):
            raise
        log_job_failure(error)
        return Verdict(item.id, Answer.DEFERRED, Reason("item_failed"))


def _do(context: _BatchContext, item: AnyItem) -> str:
    match item:
        case EntryItem() | ReversalItem() | CorrectionItem() if item.ask == ASKS:
            return _ask(context, item)
        case EntryItem():
            return _record(context, item)
        case ReversalItem():
            return _reverse(context, item)
        case CorrectionItem():
            return _correct(context, item)
        case CustomerItem():
            return _add(context, item)
        case RetiredItem():
            return _refuse_retired(context, item)


def _ask(context: _BatchContext, item: EntryItem | ReversalItem | CorrectionItem) -> str:
    """Write an item, or ask for the approval that it lacks. A request sent again is `asked` again,
    however it was answered.
    """
    tx, member, at, shop = context.tx, context.member, context.at, context.member.shop
    if not is_known(tx, item.id):
        _refuse_without_permission(context, item)
    born_on = shop.day_of(born_at(at, context.ahead, item.made_at))
    done = submit_or_ask(tx, member, at, mapping.draft_of(item, shop, born_on))
    return Answer.ASKED if isinstance(done, Asked) else done.answer


def _record(context: _BatchContext, item: EntryItem) -> str:
    """Record an entry, on the day it was made where it names none."""
    tx, member, at, shop = context.tx, context.member, context.at, context.member.shop
    said = mapping.read_entry(item, shop)
    if not claim_key(tx, at, said.key):
        return Answer.KNOWN
    _refuse_without_permission(context, item)
    born = born_at(at, context.ahead, item.made_at)
    born_on = shop.day_of(born)
    command = mapping.entry_of(item, said, born_on, shop.day_of(at))
    done = record_new_entry(tx, member, at, command, born_on=born_on, is_late=True, born_at=born)
    return done.answer


def _reverse(context: _BatchContext, item: ReversalItem) -> str:
    was_known = is_known(context.tx, item.id)
    if not was_known:
        _refuse_without_permission(context, item)
    try:
        command = mapping.reversal_of(item)
    except Refusal as refusal:  # what was written once could be read
        raise (Conflict(form="entry_conflict") if was_known else refusal) from None
    return reverse_entry(context.tx, context.member, context.at, command).answer


def _correct(context: _BatchContext, item: CorrectionItem) -> str:
    if not is_known(context.tx, item.id):
        _refuse_without_permission(context, item)
    sent = mapping.correction_of(item)
    return submit_correction(context.tx, context.member, context.at, sent).answer


def _add(context: _BatchContext, item: CustomerItem) -> str:
    if not claim_key(context.tx, context.at, mapping.addition_key_of(item, context.member.shop)):
        return Answer.KNOWN
    _refuse_without_permission(context, item)
    command = mapping.addition_of(item, context.member)
    return add_new_customer(context.tx, context.member, context.at, command).answer


def _refuse_retired(context: _BatchContext, item: RetiredItem) -> str:
    """Refuse what is not done offline any more, unless it was written when it still was."""
    if is_known(context.tx, item.id):
        return Answer.KNOWN
    if context.member.ended_at is not None:
        raise Refusal(form="removed_from_shop")
    raise Refusal(form="details_need_network")


def _refuse_without_permission(context: _BatchContext, item: AnyItem) -> None:
    """Refuse an item the member's role does not permit, and any of who is no member any more."""
    if context.member.ended_at is not None:
        raise Refusal(form="removed_from_shop")
    if not context.member.may(PERMISSIONS[verb_of(item)]):
        raise Refusal(form="not_allowed")


def _first(refusal: Refusal) -> tuple[str, Reason]:
    """The first field that was refused, and why."""
    return next(iter(refusal.reasons.items()))
