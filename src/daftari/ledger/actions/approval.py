"""Requests for approval of an entry, a reversal or a correction that the member may not write.

Whether it may be written is tried: first as the member, then with the permissions that an approval
would lend, in a savepoint that is rolled back. So a request stands only for what a yes would write.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from daftari.approvals.actions import (
    approve,
    ask_approval,
    close,
    decline,
    find_approval,
    get_approval,
    keep_photo,
    take_photo,
)
from daftari.approvals.rules import (
    Act,
    Approval,
    ApprovalState,
    approvable,
    lifted,
    may_look,
    refuse_answer,
)
from daftari.db.base import WriteTx
from daftari.db.engine import attempt
from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Conflict, Missing, Refusal
from daftari.ledger.actions.append import Recorded, account_of
from daftari.ledger.actions.correct import submit_correction
from daftari.ledger.actions.photo import add_photo
from daftari.ledger.actions.reverse import reverse_entry
from daftari.ledger.actions.submit import submit_entry
from daftari.ledger.forms.draft import (
    VERBS,
    Draft,
    content_of,
    draft_of,
    id_of,
    is_same,
    subject_of,
)
from daftari.ledger.forms.submitted import SubmittedEntry
from daftari.ledger.rules.commands import AddPhoto, AnswerApproval, Photo

MemberOf = Callable[[str], Member | None]
"""The membership of a person as it is now, None for who is no member."""

_SUBMIT: Final[Mapping[str, Callable[..., Recorded]]] = {
    "record_entry": submit_entry,
    "reverse_entry": reverse_entry,
    "correct_entry": submit_correction,
}
_PASSING: Final = frozenset(
    {"customer_frozen", "discount_beyond_balance", "write_off_beyond_balance", "balance_too_large"}
)
"""Reasons that may be gone tomorrow: the request stays open."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for approval, kept now or known from before."""

    approval_id: str
    customer_id: str


@dataclass(frozen=True, slots=True)
class AnsweredApproval:
    """The outcome of an answer. `closed_by`: the reason why a yes could not be written any more."""

    state: ApprovalState
    closed_by: str = ""


class _Rehearsal(Exception):
    """What would be written, and the balance that it would make: raised to roll it back."""

    def __init__(self, done: Recorded, balance_minor: int) -> None:
        self.done, self.balance_minor = done, balance_minor
        super().__init__()


def submit_or_ask(tx: WriteTx, member: Member, at: datetime, draft: Draft) -> Recorded | Asked:
    """Write what was submitted; where an approval is all that it lacks, ask for that.

    Idempotent by the id of the form. Raises what writing it raises for any other reason.
    """
    known = find_approval(tx, id_of(draft))
    if known is not None:
        if known.asked_by != member.person.id or not is_same(known, draft):
            raise Conflict(form="entry_conflict")
        _keep_photo(tx, known, draft)
        return Asked(known.id, known.customer_id)
    needs: dict[Permission, str] = {}
    while True:
        try:
            rehearsal = _rehearse(tx, member.lent(needs), at, draft)
            break
        except Refusal as refusal:
            need = approvable(refusal.reasons)
            if need is None or need in needs:
                raise
            needs[need] = next(iter(refusal.reasons.values())).name
    if not needs or rehearsal.done.answer == "known":
        return _submit(tx, member, at, draft)
    return _ask(tx, member, at, draft, rehearsal, needs)


def answer_approval(
    tx: WriteTx, member: Member, at: datetime, command: AnswerApproval, *, member_of: MemberOf
) -> AnsweredApproval:
    """Answer a request: a yes writes the entry, in the same transaction, as the asker's.

    It is judged anew. What cannot be written any more closes the request; what may be possible
    again leaves it open, and raises its `Refusal`. Raises `Missing` for an unknown request, and
    what `refuse_answer` raises.
    """
    approval = get_approval(tx, command.approval_id)
    if not may_look(member, approval):
        raise Missing(command.approval_id)
    act = Act.APPROVE if command.is_yes else Act.DECLINE
    if _is_known(approval, member, act):
        return AnsweredApproval(approval.state)
    refuse_answer(member, approval, at, act)
    if not command.is_yes:
        decline(tx, approval, member, at, command.words)
        return AnsweredApproval(ApprovalState.DECLINED)
    closed_by = _write(tx, member, at, approval, member_of(approval.asked_by))
    if closed_by:
        close(tx, approval, member, at, closed_by)
        return AnsweredApproval(ApprovalState.CLOSED, closed_by)
    approve(tx, approval, member, at)
    return AnsweredApproval(ApprovalState.APPROVED)


def _is_known(approval: Approval, member: Member, act: Act) -> bool:
    """Whether the same answer of the same person was written before."""
    same = {Act.APPROVE: ApprovalState.APPROVED, Act.DECLINE: ApprovalState.DECLINED}[act]
    return approval.answered_by == member.person.id and approval.state is same


def _write(
    tx: WriteTx, member: Member, at: datetime, approval: Approval, asker: Member | None
) -> str:
    """Write what was asked for, as the asker's. The reason why it cannot be written any more, else
    ''.
    """
    if asker is None or not asker.may(Permission.RECORD_ENTRY):
        return "approval_asker_left"
    draft: Draft | None = draft_of(approval)
    if draft is None:
        return "approval_erased"
    lent = asker.lent(lifted(approval.needs, member))
    writer = replace(lent, session_id=approval.session_id)
    try:
        with attempt(tx):
            done = _submit(tx, writer, at, draft)
            if photo := take_photo(tx, approval):
                add_photo(tx, writer, at, AddPhoto(done.entry.id, Photo(*photo)))
    except Missing:
        return "approval_entry_gone"
    except Refusal as refusal:
        reason = next(iter(refusal.reasons.values())).name
        if reason in _PASSING or approvable(refusal.reasons):
            raise
        return reason
    return ""


def _submit(tx: WriteTx, member: Member, at: datetime, draft: Draft) -> Recorded:
    return _SUBMIT[VERBS[type(draft)]](tx, member, at, draft)


def _rehearse(tx: WriteTx, member: Member, at: datetime, draft: Draft) -> _Rehearsal:
    """What would be written. Raises what writing it raises."""
    try:
        with attempt(tx, "rehearsal"):
            done = _submit(tx, member, at, draft)
            entry = done.entry
            after, _ = account_of(tx, entry.customer_id, entry.currency)
            raise _Rehearsal(done, after.balance_minor)
    except _Rehearsal as rehearsal:
        return rehearsal


def _ask(
    tx: WriteTx,
    member: Member,
    at: datetime,
    draft: Draft,
    rehearsal: _Rehearsal,
    needs: Mapping[Permission, str],
) -> Asked:
    entry = rehearsal.done.entry
    before, _ = account_of(tx, entry.customer_id, entry.currency)
    drafted: dict[str, Any] = {
        "id": entry.id,
        "customer_id": entry.customer_id,
        "verb": VERBS[type(draft)],
        "subject_id": subject_of(draft),
        "content": content_of(draft),
        "kind": entry.kind,
        "amount_minor": entry.amount_minor,
        "currency": entry.currency,
        "branch_id": entry.branch_id,
        "effect_minor": rehearsal.balance_minor - before.balance_minor,
        "needs": needs,
        "reason": next(iter(needs.values())),
    }
    ask_approval(tx, drafted, member, at)
    _keep_photo(tx, get_approval(tx, entry.id), draft)
    return Asked(entry.id, entry.customer_id)


def _keep_photo(tx: WriteTx, approval: Approval, draft: Draft) -> None:
    if isinstance(draft, SubmittedEntry) and draft.photo is not None:
        keep_photo(tx, approval, draft.photo.content, draft.photo.sent_digest)
