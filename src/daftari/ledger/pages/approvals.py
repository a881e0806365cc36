"""Requests for approval: on the account, in their list, and one by itself with its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from daftari.approvals import actions as approvals
from daftari.approvals.rules import (
    Approval,
    ApprovalState,
    may_answer,
    may_answer_any,
    may_look,
)
from daftari.db.base import ReadTx
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Missing, Reason
from daftari.ledger.forms.draft import draft_of, note_of
from daftari.ledger.pages.entries import Reader
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.store.approvals import Debtor, find_debtors

MOST_SHOWN = 50


class ApprovalView(NamedTuple):
    """A request. `tone`: debt where what is owed grows, payment where it shrinks, else ''.

    `href`: '' for who may only look. `who` asked, '' for the reader himself; `answerer`: who
    answered. `before`, `after`: the balance now, and as it would be. `words`: why not, or the name
    of the reason why it was closed.
    """

    id: str
    href: str
    subject_href: str | None
    verb: str
    kind: str
    tone: str
    minor: int
    currency: str
    customer_href: str
    name: str
    is_supplier: bool
    who: str
    asked_at: datetime
    expires_at: datetime
    state: ApprovalState
    answerer: str
    answered_at: datetime | None
    reason: str
    limit_minor: int | None
    before: BalanceView
    after: BalanceView
    note: str
    words: str


@dataclass(frozen=True, slots=True)
class ApprovalsPage:
    """The list: `to_answer`, what waits for the reader; `own`: what he asked for; `answered`: what
    others asked for, for whoever `answers` any.
    """

    home: str
    to_answer: tuple[ApprovalView, ...]
    own: tuple[ApprovalView, ...]
    answered: tuple[ApprovalView, ...]
    answers: bool


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """One request. `may_answer`, `may_withdraw`: of the reader, now. `answer`: the one that is
    about to be given, 'yes' or 'no', '' for none yet. `typed`: why not, as typed.
    """

    home: str
    one: ApprovalView
    may_answer: bool
    may_withdraw: bool
    answer: str
    typed: str
    reasons: Mapping[str, Reason]


def approvals_of_account(tx: ReadTx, reader: Reader, customer_id: str) -> tuple[ApprovalView, ...]:
    """What waits for approval on a customer's account."""
    found = approvals.open_of_customer(tx, customer_id, reader.at)
    return _views(tx, reader, [one for one in found if may_look(reader.member, one)])


def approvals_page(tx: ReadTx, reader: Reader) -> ApprovalsPage:
    member = reader.member
    answers = may_answer_any(member)
    open_ones = [one for one in approvals.open_approvals(tx, reader.at) if may_answer(member, one)]
    others = approvals.answered_approvals(tx, member, MOST_SHOWN) if answers else []
    answered = [one for one in others if may_look(member, one)]
    own = approvals.asked_by(tx, member, MOST_SHOWN)
    views = iter(_views(tx, reader, [*open_ones, *own, *answered]))
    return ApprovalsPage(
        home=member.shop.home,
        to_answer=tuple(islice(views, len(open_ones))),
        own=tuple(islice(views, len(own))),
        answered=tuple(views),
        answers=answers,
    )


def approval_page(
    tx: ReadTx,
    reader: Reader,
    approval_id: str,
    answer: str,
    typed: str,
    reasons: Mapping[str, Reason],
) -> ApprovalPage:
    """The page of one request. Raises `Missing`."""
    approval = approvals.get_approval(tx, approval_id)
    if not may_look(reader.member, approval):
        raise Missing(approval_id)
    (view,) = _views(tx, reader, [approval])
    waits = view.state is ApprovalState.WAITING
    return ApprovalPage(
        home=reader.member.shop.home,
        one=view,
        may_answer=waits and may_answer(reader.member, approval),
        may_withdraw=waits and approval.asked_by == reader.member.person.id,
        answer=answer if waits else "",
        typed=typed,
        reasons=reasons,
    )


def _views(tx: ReadTx, reader: Reader, found: Sequence[Approval]) -> tuple[ApprovalView, ...]:
    if not found:
        return ()
    debtors, zone = find_debtors(tx, found), ZoneInfo(reader.member.shop.zone)
    return tuple(_view(one, debtors[one.customer_id, one.currency], reader, zone) for one in found)


def _view(one: Approval, debtor: Debtor, reader: Reader, zone: ZoneInfo) -> ApprovalView:
    home, names = reader.member.shop.home, reader.names
    may_open = reader.member.may(Permission.RECORD_ENTRY)
    before = debtor.balance_minor or 0
    is_supplier = debtor.role == "supplier"
    grown = one.effect_minor * (-1 if is_supplier else 1)
    answered_at = one.answered_at.astimezone(zone) if one.answered_at else None
    return ApprovalView(
        id=one.id,
        href=f"{home}/more/approvals/{one.id}" if may_open else "",
        subject_href=f"{home}/entries/{one.subject_id}" if one.subject_id else None,
        verb=one.verb,
        kind=one.kind,
        tone="debt" if grown > 0 else "payment" if grown < 0 else "",
        minor=one.amount_minor,
        currency=one.currency,
        customer_href=f"{home}/customers/{one.customer_id}",
        name=debtor.name,
        is_supplier=is_supplier,
        who="" if one.asked_by == reader.member.person.id else names.get(one.asked_by, ""),
        asked_at=one.asked_at.astimezone(zone),
        expires_at=one.expires_at.astimezone(zone),
        state=one.state_at(reader.at),
        answerer=names.get(one.answered_by or "", ""),
        answered_at=answered_at,
        reason=one.reason,
        limit_minor=debtor.credit_limit_minor,
        before=BalanceView.of(before, one.currency),
        after=BalanceView.of(before + one.effect_minor, one.currency),
        note=note_of(draft_of(one)),
        words=one.words,
    )
