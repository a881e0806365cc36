"""The pages of a shop's people: the list, one member, and leaving the shop."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from daftari.db.base import ReadTx
from daftari.identity.actions.access_reviews import next_review
from daftari.identity.actions.staff import shown_of
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Member, Permission, Role, Shop
from daftari.identity.rules.branches import Branch, branch_with
from daftari.identity.rules.phones import shown_phone
from daftari.identity.rules.roles import permissions_of
from daftari.identity.rules.staff import ADJUSTABLE, HIRED, adjustable_for
from daftari.identity.store.access_reviews import find_last_review
from daftari.identity.store.handovers import open_handover
from daftari.identity.store.invitations import open_invitations
from daftari.identity.store.memberships import MemberRow, count_owners, members_of
from daftari.identity.store.people import names_in
from daftari.kernel.edits import Shown
from daftari.kernel.refusal import Missing

DESCRIBED: Final = (
    Permission.RECORD_ENTRY,
    Permission.ADD_CUSTOMER,
    Permission.CHANGE_CUSTOMER,
    Permission.SET_CREDIT_LIMIT,
    *ADJUSTABLE,
)
"""The permissions by which a role is described."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A member in the list. `is_adjusted`: the role is not all that decides what he may do;
    `branch`: the name of the one that he belongs to, '' for all.
    """

    id: str
    name: str
    phone: str
    role: Role
    since: date
    seen_at: datetime | None
    devices: int
    is_reader: bool
    is_adjusted: bool
    branch: str = ""


@dataclass(frozen=True, slots=True)
class RoleRow:
    """What a role permits: the name of each permission, and whether it has it."""

    role: Role
    permissions: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class InvitedRow:
    """Somebody who is invited and has not come in yet."""

    id: str
    name: str
    role: Role
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """When the next review is due, and the last one: the day and the name of who did it."""

    due_on: date
    is_due: bool
    last_on: date | None
    last_by: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list of a shop's members, who is invited, and what each role permits. `review`: None in a
    shop of one person; `handover`: the name of who the shop is offered to; '' where it is offered
    to nobody, or the reader is no owner.
    """

    home: str
    rows: tuple[PersonRow, ...]
    roles: tuple[RoleRow, ...]
    invited: tuple[InvitedRow, ...]
    review: ReviewDue | None
    handover: str
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """A permission of a member. `is_mine`: the reader has it, and so may grant it; `is_usual`: it
    is as is usual in the role.
    """

    name: str
    is_allowed: bool
    is_mine: bool
    is_usual: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """The page of one member. `may_change`: the reader may change role and permissions;
    `may_remove`: may end the membership; `may_hand_over`: may offer the shop to him. `roles`: those
    the reader can give; `branches`: those he can put the member into, none where there is no
    choice.
    """

    home: str
    row: PersonRow
    may_change: bool
    may_remove: bool
    may_hand_over: bool
    roles: tuple[Role, ...]
    permissions: tuple[PermissionRow, ...]
    branches: tuple[Branch, ...]
    branch_id: str
    shown: Shown
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class DeparturePage:
    """The page on which somebody leaves a shop. `is_last_owner`: who cannot."""

    home: str
    is_last_owner: bool
    reasons: Reasons


def people_page(tx: ReadTx, member: Member, now: datetime, reasons: Reasons) -> PeoplePage:
    """The list of members and invitations, in six SQL statements whatever their number."""
    rows = members_of(tx, member.shop.id, now)
    invited = open_invitations(tx, member.shop.id, now)
    may_see = member.may(Permission.HAND_OVER)
    offered = open_handover(tx, member.shop.id, now) if may_see else None
    return PeoplePage(
        home=member.shop.home,
        rows=tuple(person_row(row, member) for row in rows),
        roles=tuple(role_row(role, member.shop) for role in Role),
        invited=tuple(InvitedRow(one.id, one.name, one.role, one.expires_at) for one in invited),
        review=review_due(tx, member, now),
        handover=offered.taker if offered else "",
        reasons=reasons,
    )


def member_page(
    tx: ReadTx, member: Member, person_id: str, now: datetime, reasons: Reasons
) -> MemberPage:
    """The page of one member of the reader's shop. Raises `Missing`."""
    row = next((r for r in members_of(tx, member.shop.id, now) if r.person.id == person_id), None)
    if row is None:
        raise Missing(person_id)
    position, is_reader = row.position, person_id == member.person.id
    may_touch = member.role is Role.OWNER or position.role is not Role.OWNER
    return MemberPage(
        home=member.shop.home,
        row=person_row(row, member),
        may_change=may_touch and not is_reader,
        may_remove=may_touch and not is_reader,
        may_hand_over=member.may(Permission.HAND_OVER) and position.role is not Role.OWNER,
        roles=tuple(role for role in HIRED if _may_give(member, row, role)),
        permissions=tuple(_permission_rows(row, member)),
        branches=branches_to_give(member, position.branch_id) if position.role in HIRED else (),
        branch_id=position.branch_id or "",
        shown=Shown.of(shown_of(member.shop, position)),
        reasons=reasons,
    )


def review_due(tx: ReadTx, member: Member, now: datetime) -> ReviewDue | None:
    """When the shop's next review is due; None in a shop of one person."""
    at = next_review(tx, member.shop.id)
    if at is None:
        return None
    last, shop = find_last_review(tx, member.shop.id), member.shop
    return ReviewDue(
        due_on=shop.day_of(at),
        is_due=at <= now,
        last_on=shop.day_of(last.at) if last else None,
        last_by=names_in(tx, shop.id).get(last.person_id, "") if last else "",
    )


def branches_to_give(member: Member, current: str | None = None) -> tuple[Branch, ...]:
    """The branches that a member can put somebody into; none for who belongs to one himself."""
    if member.branch_id is not None:
        return ()
    every = member.shop.branches
    return tuple(one for one in every if not one.is_closed or one.id == current)


def departure_page(tx: ReadTx, member: Member, reasons: Reasons) -> DeparturePage:
    is_last = member.role is Role.OWNER and count_owners(tx, member.shop.id) <= 1
    return DeparturePage(member.shop.home, is_last, reasons)


def _may_give(member: Member, row: MemberRow, role: Role) -> bool:
    gained = permissions_of(role) - row.position.permissions
    return role is row.position.role or all(member.may(one) for one in gained)


def _permission_rows(row: MemberRow, member: Member) -> list[PermissionRow]:
    usual, has = permissions_of(row.position.role), row.position.permissions
    return [
        PermissionRow(one, one in has, member.may(one), (one in has) == (one in usual))
        for one in adjustable_for(row.position.role, has_branches=bool(member.shop.branches))
    ]


def person_row(row: MemberRow, member: Member) -> PersonRow:
    """A member as a list shows him."""
    person = row.person
    branch = branch_with(member.shop.branches, row.position.branch_id)
    return PersonRow(
        id=person.id,
        name=person.name,
        phone=shown_phone(person.phone) if person.phone else "",
        role=row.position.role,
        since=member.shop.day_of(row.since),
        seen_at=row.seen_at,
        devices=row.devices,
        is_reader=person.id == member.person.id,
        is_adjusted=row.position.permissions != permissions_of(row.position.role),
        branch=branch.name if branch else "",
    )


def role_row(role: Role, shop: Shop) -> RoleRow:
    """What a role permits; nothing of branches where there are none."""
    hidden = set() if shop.branches else {Permission.SEE_BRANCHES}
    told = [one for one in DESCRIBED if one not in hidden]
    return RoleRow(role, tuple((one, one in permissions_of(role)) for one in told))
