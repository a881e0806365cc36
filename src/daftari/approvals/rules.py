"""The states of a request for approval, and who may answer or withdraw it. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Reason, Refusal

TERM: Final = timedelta(hours=24)
"""How long a request waits for its answer."""

NEEDS: Final[Mapping[str, Permission]] = {
    "beyond_credit_limit": Permission.GIVE_OVER_LIMIT,
    "discount_needs_approval": Permission.WRITE_OFF,
    "forgiving_not_allowed": Permission.WRITE_OFF,
    "not_your_entry": Permission.REVERSE_ENTRY,
}
"""The permission that whoever approves needs, by the reason of the refusal."""


class ApprovalState(StrEnum):
    """The state of a request. `closed`: it could not be written any more."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CLOSED = "closed"


class Act(StrEnum):
    """What can be done with a request."""

    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    CLOSE = "close"


_AFTER: Final = {
    Act.APPROVE: ApprovalState.APPROVED,
    Act.DECLINE: ApprovalState.DECLINED,
    Act.WITHDRAW: ApprovalState.WITHDRAWN,
    Act.EXPIRE: ApprovalState.EXPIRED,
    Act.CLOSE: ApprovalState.CLOSED,
}

SETTLED: Final[Mapping[ApprovalState, Reason]] = {
    ApprovalState.APPROVED: Reason("approval_approved"),
    ApprovalState.DECLINED: Reason("approval_declined"),
    ApprovalState.WITHDRAWN: Reason("approval_withdrawn"),
    ApprovalState.EXPIRED: Reason("approval_expired"),
    ApprovalState.CLOSED: Reason("approval_closed"),
}
"""Why a request that does not wait any more cannot be answered."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A request for approval, with its answer.

    `id`: of the entry that it is for. `verb`, `content`: the form as typed, as JSON; '' once
    erased. `subject_id`: the entry to be reversed or corrected. `kind`, `amount_minor`, `currency`:
    of what would be written; `effect_minor`: what that changes of the balance. `needs`: the
    permissions that the answer needs. `reason`: of the refusal. `session_id`: of the request.
    `words`: why not, as typed; of a closed one the name of the reason. `branch_id`: in which it
    would be written.
    """

    id: str
    customer_id: str
    verb: str
    subject_id: str | None
    content: str
    kind: str
    amount_minor: int
    currency: str
    effect_minor: int
    needs: frozenset[str]
    reason: str
    asked_by: str
    asked_at: datetime
    session_id: str | None
    expires_at: datetime
    state: ApprovalState = ApprovalState.WAITING
    answered_by: str | None = None
    answered_at: datetime | None = None
    words: str = ""
    branch_id: str | None = None

    def state_at(self, at: datetime) -> ApprovalState:
        """The state at a moment: one that waits has expired when its time is over."""
        is_over = self.state is ApprovalState.WAITING and at >= self.expires_at
        return ApprovalState.EXPIRED if is_over else self.state


def state_after(state: ApprovalState, act: Act) -> ApprovalState:
    """The state after an act; only one that waits changes. Raises Refusal(form='approval_…')."""
    if state is not ApprovalState.WAITING:
        raise Refusal(form=SETTLED[state])
    return _AFTER[act]


def approvable(reasons: Mapping[str, Reason]) -> Permission | None:
    """The permission that would lift a refusal; None where no approval does."""
    if len(reasons) != 1:
        return None
    (reason,) = reasons.values()
    return NEEDS.get(reason.name)


def may_look(member: Member, approval: Approval) -> bool:
    """Whether a request is the member's own, or of a branch that he sees."""
    return member.person.id == approval.asked_by or member.sees(approval.branch_id)


def may_answer(member: Member, approval: Approval) -> bool:
    """Whether the member may answer a request: another's, with all that it needs."""
    is_anothers = member.person.id != approval.asked_by and member.sees(approval.branch_id)
    return is_anothers and all(map(member.may, approval.needs))


def may_answer_any(member: Member) -> bool:
    return any(map(member.may, NEEDS.values()))


def refuse_answer(member: Member, approval: Approval, at: datetime, act: Act) -> None:
    """Raises Refusal(form=…): approval_own, approval_not_allowed, or how it was answered before."""
    if member.person.id == approval.asked_by:
        raise Refusal(form="approval_own")
    if not may_answer(member, approval):
        raise Refusal(form="approval_not_allowed")
    state_after(approval.state_at(at), act)


def refuse_withdrawal(member: Member, approval: Approval, at: datetime) -> None:
    """Raises Refusal(form=…): approval_of_another, or how it was answered before."""
    if member.person.id != approval.asked_by:
        raise Refusal(form="approval_of_another")
    state_after(approval.state_at(at), Act.WITHDRAW)


def lifted(needs: Iterable[str], member: Member) -> frozenset[str]:
    """The permissions that an answer of the member lends: what it needs, and whatever else could
    be approved, as far as he has it himself.
    """
    return frozenset(one for one in {*needs, *NEEDS.values()} if member.may(one))
