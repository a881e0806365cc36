"""The states of a request for approval, against everything that can be done with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from daftari.approvals.rules import (
    SETTLED,
    TERM,
    Act,
    Approval,
    ApprovalState,
    approvable,
    may_answer,
    refuse_answer,
    refuse_withdrawal,
    state_after,
)
from daftari.identity.rules import Adjustments, Member, Permission, Person, Role, Shop
from daftari.kernel.money import POINT
from daftari.kernel.refusal import Reason, Refusal

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
SHOP = Shop("s", "بقالة النور", "SA", "SAR", "UTC", "latn", POINT, (4, 5), "gregorian", None)


def member(name: str, role: Role, *granted: str) -> Member:
    return Member(Person(name, name, "", "ar"), SHOP, role, None, Adjustments(frozenset(granted)))


UMM_SALIM = member("umm_salim", Role.OWNER)
SALEM = member("salem", Role.MANAGER)
KARIM = member("karim", Role.CASHIER)
ASKED = Approval(
    id="a",
    customer_id="c",
    verb="record_entry",
    subject_id=None,
    content="{}",
    kind="debt",
    amount_minor=100,
    currency="SAR",
    effect_minor=100,
    needs=frozenset({Permission.GIVE_OVER_LIMIT}),
    reason="beyond_credit_limit",
    asked_by="karim",
    asked_at=AT,
    session_id=None,
    expires_at=AT + TERM,
)
AFTER = {
    Act.APPROVE: ApprovalState.APPROVED,
    Act.DECLINE: ApprovalState.DECLINED,
    Act.WITHDRAW: ApprovalState.WITHDRAWN,
    Act.EXPIRE: ApprovalState.EXPIRED,
    Act.CLOSE: ApprovalState.CLOSED,
}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", ApprovalState)
def test_only_a_request_that_waits_changes(state: ApprovalState, act: Act):
    if state is ApprovalState.WAITING:
        assert state_after(state, act) is AFTER[act]
        return
    with pytest.raises(Refusal, match=f"form: approval_{state}"):
        state_after(state, act)


def test_every_end_has_a_reason_of_its_own():
    ends = set(ApprovalState) - {ApprovalState.WAITING}
    assert set(SETTLED) == ends
    assert len({reason.name for reason in SETTLED.values()}) == len(ends)


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (timedelta(0), ApprovalState.WAITING),
        (TERM - timedelta(milliseconds=1), ApprovalState.WAITING),
        (TERM, ApprovalState.EXPIRED),
        (TERM * 9, ApprovalState.EXPIRED),
    ],
)
def test_a_request_expires_at_its_end_though_nobody_wrote_it_down(later, state):
    assert ASKED.state_at(AT + later) is state
    approved = replace(ASKED, state=ApprovalState.APPROVED)
    assert approved.state_at(AT + later) is ApprovalState.APPROVED


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (UMM_SALIM, None),
        (SALEM, None),
        (KARIM, "approval_own"),
        (member("huda", Role.CASHIER), "approval_not_allowed"),
        (member("huda", Role.CASHIER, Permission.GIVE_OVER_LIMIT), None),
        (member("karim", Role.MANAGER), "approval_own"),
        (member("noor", Role.VIEWER), "approval_not_allowed"),
    ],
)
@pytest.mark.parametrize("act", [Act.APPROVE, Act.DECLINE])
def test_who_may_do_it_himself_answers_but_nobody_himself(who, reason, act):
    assert may_answer(who, ASKED) == (reason is None)
    if reason is None:
        return refuse_answer(who, ASKED, AT, act)
    with pytest.raises(Refusal, match=reason):
        refuse_answer(who, ASKED, AT, act)


def test_an_answer_needs_all_that_was_lacking():
    both = replace(ASKED, needs=frozenset({Permission.GIVE_OVER_LIMIT, Permission.REVERSE_ENTRY}))
    half = member("huda", Role.CASHIER, Permission.GIVE_OVER_LIMIT)
    assert may_answer(SALEM, both)
    assert not may_answer(half, both)


def test_only_the_asker_withdraws_and_only_what_waits():
    refuse_withdrawal(KARIM, ASKED, AT)
    with pytest.raises(Refusal, match="approval_of_another"):
        refuse_withdrawal(UMM_SALIM, ASKED, AT)
    with pytest.raises(Refusal, match="approval_expired"):
        refuse_withdrawal(KARIM, ASKED, AT + TERM)


def test_a_refusal_can_be_lifted_only_where_it_is_the_only_one():
    beyond, typed = Reason("beyond_credit_limit"), Reason("amount_missing")
    assert approvable({"amount": beyond}) is Permission.GIVE_OVER_LIMIT
    assert approvable({"amount": beyond, "note": typed}) is None
    assert approvable({"amount": typed}) is None
    assert approvable({"form": Reason("customer_frozen")}) is None
    assert approvable({}) is None
