"""Requests for approval: asked, answered once, withdrawn, expired.

What is asked for is written by the room whose entry it is; this one keeps the request, tells those
who may answer, and tells the asker how it was answered.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from daftari.activity.actions import note_action, note_alert
from daftari.approvals import store
from daftari.approvals.rules import (
    SETTLED,
    TERM,
    Act,
    Approval,
    ApprovalState,
    may_answer_any,
    refuse_withdrawal,
    state_after,
)
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member
from daftari.kernel.refusal import Conflict, Missing, Refusal

ASKED: Final = "approval_asked"
ANSWERED: Final = "approval_answered"


def find_approval(tx: ReadTx, approval_id: str) -> Approval | None:
    return store.find_approval(tx, approval_id)


def get_approval(tx: ReadTx, approval_id: str) -> Approval:
    """The request with this id. Raises `Missing`."""
    found = store.find_approval(tx, approval_id)
    if found is None:
        raise Missing(approval_id)
    return found


def open_of_customer(tx: ReadTx, customer_id: str, at: datetime) -> list[Approval]:
    """The requests of a customer's account that wait, newest first."""
    return store.find_open_of_customer(tx, customer_id, at)


def open_approvals(tx: ReadTx, at: datetime) -> list[Approval]:
    """All requests that wait, the oldest first."""
    return store.find_open(tx, at)


def asked_by(tx: ReadTx, member: Member, limit: int) -> list[Approval]:
    """What the member asked for, newest first."""
    return store.find_asked_by(tx, member.person.id, limit)


def answered_approvals(tx: ReadTx, member: Member, limit: int) -> list[Approval]:
    """What others asked for and does not wait any more, newest first."""
    return store.find_answered(tx, member.person.id, limit)


def count_to_answer(tx: ReadTx, member: Member, at: datetime) -> int:
    """How many requests wait that the member may answer."""
    if not may_answer_any(member):
        return 0
    counted = store.count_open(tx, member.person.id, at)
    return sum(
        count
        for needs, branch_id, count in counted
        if member.sees(branch_id) and all(map(member.may, needs))
    )


def next_expiry(tx: ReadTx) -> datetime | None:
    """When the next request that waits expires, which may be past."""
    return store.find_next_expiry(tx)


def ask_approval(tx: WriteTx, drafted: Mapping[str, Any], member: Member, at: datetime) -> None:
    """Keep a request, and tell those who may answer it. `drafted`: the columns that say what is
    asked for.
    """
    values = {
        **drafted,
        "needs": " ".join(sorted(drafted["needs"])),
        "asked_by": member.person.id,
        "asked_at": at,
        "session_id": member.session_id,
        "expires_at": at + TERM,
        "state": ApprovalState.WAITING,
        "words": "",
    }
    store.insert_approval(tx, values)
    approval = get_approval(tx, values["id"])
    note_alert(tx, at, ASKED, approval.customer_id, _told(approval, member.person.id))
    note_action(tx, member, at, "ask_approval", approval.customer_id, _noted(approval))


def approve(tx: WriteTx, approval: Approval, member: Member, at: datetime) -> None:
    """Note that a request was approved and written. Raises as `_settle`."""
    _settle(tx, member, at, approval, Act.APPROVE)
    note_action(tx, member, at, "approve", approval.customer_id, _noted(approval))


def decline(tx: WriteTx, approval: Approval, member: Member, at: datetime, words: str) -> None:
    """Decline a request. `words`: why not. Raises as `_settle`."""
    _settle(tx, member, at, approval, Act.DECLINE, words)
    note_action(tx, member, at, "decline", approval.customer_id, _noted(approval))


def close(tx: WriteTx, approval: Approval, member: Member, at: datetime, reason: str) -> None:
    """Close a request that could not be written any more, for the `reason` of this name."""
    _settle(tx, member, at, approval, Act.CLOSE, reason)
    note_action(tx, member, at, "close_approval", approval.customer_id, _noted(approval))


def withdraw_approval(tx: WriteTx, member: Member, at: datetime, approval_id: str) -> Approval:
    """Withdraw one's own request. Idempotent. Raises `Missing`, and as `refuse_withdrawal`."""
    approval = get_approval(tx, approval_id)
    is_own = approval.asked_by == member.person.id
    if is_own and approval.state is ApprovalState.WITHDRAWN:
        return approval
    refuse_withdrawal(member, approval, at)
    _settle(tx, member, at, approval, Act.WITHDRAW)
    note_action(tx, member, at, "withdraw_approval", approval.customer_id, _noted(approval))
    return approval


def expire_approvals(tx: WriteTx, at: datetime) -> None:
    """Close the requests whose time is over, and tell those who asked."""
    for approval in store.find_expired(tx, at):
        store.settle(tx, approval.id, at, ApprovalState.EXPIRED, None, "")
        _tell_asker(tx, at, approval, ApprovalState.EXPIRED, "")


def keep_photo(tx: WriteTx, approval: Approval, content: bytes, digest: bytes) -> bool:
    """Keep the photo of what is asked for until it is written. False when it was kept before.

    Raises Conflict(photo='photo_conflict') for another one.
    """
    _, known = store.find_photo(tx, approval.id)
    if known is not None and known != digest:
        raise Conflict(photo="photo_conflict")
    if known is None:
        store.put_photo(tx, approval.id, content, digest)
    return known is None


def take_photo(tx: WriteTx, approval: Approval) -> tuple[bytes, bytes] | None:
    """The photo that was kept with a request, which has it no more; None without one."""
    content, digest = store.find_photo(tx, approval.id)
    if content is None or digest is None:
        return None
    store.put_photo(tx, approval.id, None, digest)
    return content, digest


def _settle(
    tx: WriteTx, member: Member, at: datetime, approval: Approval, act: Act, words: str = ""
) -> None:
    """Answer or withdraw a request, and tell the asker. Raises Refusal(form='approval_…') where
    another was quicker.
    """
    state = state_after(approval.state_at(at), act)
    by = member.person.id
    if not store.settle(tx, approval.id, at, state, by, words):
        raise Refusal(form=SETTLED[get_approval(tx, approval.id).state])
    if by != approval.asked_by:
        _tell_asker(tx, at, approval, state, by)


def _tell_asker(
    tx: WriteTx, at: datetime, approval: Approval, state: ApprovalState, by: str
) -> None:
    details = {**_told(approval, by), "state": state}
    note_alert(tx, at, ANSWERED, approval.customer_id, details, person_id=approval.asked_by)


def _told(approval: Approval, by: str) -> dict[str, Any]:
    """The details of an alert about a request."""
    return {
        "by": by,
        "path": f"/more/approvals/{approval.id}",
        "needs": sorted(approval.needs),
        "verb": approval.verb,
        "what": approval.kind,
        "amount_minor": approval.amount_minor,
        "currency": approval.currency,
    }


def _noted(approval: Approval) -> dict[str, Any]:
    """The details of an audit record about a request."""
    return {
        "entry_id": approval.id,
        "asked_by": approval.asked_by,
        "verb": approval.verb,
        "kind": approval.kind,
        "amount_minor": approval.amount_minor,
        "currency": approval.currency,
        "reason": approval.reason,
    }
