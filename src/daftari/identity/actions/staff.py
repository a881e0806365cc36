"""Actions on the members of a shop: role, permissions, removal, leaving.

Each looks up anew who acts, in its own transaction: of two owners who remove each other at once,
one is no member any more when his turn comes.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import UNADJUSTED, Member, Permission, Role, Shop
from daftari.identity.rules.branches import branch_with
from daftari.identity.rules.commands import ChangeMember
from daftari.identity.rules.staff import (
    Position,
    adjusted_to,
    allowed_text,
    refuse_branch,
    refuse_change,
    refuse_removal,
)
from daftari.identity.store import memberships as store
from daftari.identity.store.handovers import end_offers_of
from daftari.kernel.edits import Seen
from daftari.kernel.refusal import Conflict, Missing


def change_member(
    tx: WriteTx, member: Member, change: ChangeMember, seen: Seen, now: datetime
) -> None:
    """Give a member another role, or other permissions in it, or both.

    A new role comes with what is usual in it. Raises `Missing`, Conflict(form='member_changed')
    where another changed the member since the form was shown, the refusals of `refuse_change` and
    of `adjusted_to`.
    """
    by, old = acting(tx, member), _position_of(tx, member, change.person_id)
    shown = shown_of(by.shop, old)
    if not seen.is_sure and seen.values != shown:
        raise Conflict(form="member_changed")
    role = change.role or old.role
    adjusted = old.adjusted if role is old.role else UNADJUSTED
    if change.allowed is not None:
        has_branches = bool(by.shop.branches)
        adjusted = adjusted_to(role, change.allowed, has_branches=has_branches)
    branch_id = old.branch_id if change.branch is None else change.branch or None
    if branch_id != old.branch_id:
        refuse_branch(by, role, branch_id)
    _move(tx, by, change.person_id, old, Position(role, adjusted, branch_id), now)


def shown_of(shop: Shop, position: Position) -> dict[str, str]:
    """What the form of a member shows of his position."""
    shown = {"role": str(position.role), "allowed": allowed_text(position)}
    return shown | ({"branch": position.branch_id or ""} if shop.branches else {})


def remove_member(tx: WriteTx, member: Member, person_id: str, now: datetime) -> None:
    """End another's membership. Raises `Missing`, and the refusals of `refuse_removal`."""
    by = acting(tx, member)
    details = _end(tx, by, person_id, now)
    note_of_member(tx, by, "remove_member", person_id, now, details)


def leave_shop(tx: WriteTx, member: Member, now: datetime) -> None:
    """End one's own membership. Raises `Missing`, and Refusal(form='last_owner')."""
    by = member_now(tx, member)
    details = _end(tx, by, by.person.id, now)
    note_of_member(tx, by, "leave_shop", by.person.id, now, details)


def acting(tx: ReadTx, member: Member) -> Member:
    """The member as he is now. Raises `Missing` for who may not manage people any more."""
    by = member_now(tx, member)
    if not by.may(Permission.MANAGE_PEOPLE):
        raise Missing(member.person.id)
    return by


def member_now(tx: ReadTx, member: Member) -> Member:
    """The member as he is now, in the session of his request. Raises `Missing`."""
    by = store.find_membership(tx, member.shop.id, member.person.id)
    if by is None:
        raise Missing(member.person.id)
    return replace(by, session_id=member.session_id)


def _end(tx: WriteTx, by: Member, person_id: str, now: datetime) -> dict[str, Any]:
    """End a membership. Returns the details of its audit record."""
    position = _position_of(tx, by, person_id)
    refuse_removal(by, person_id, position, store.count_owners(tx, by.shop.id))
    store.end_membership(tx, by.shop.id, person_id, now)
    end_offers_of(tx, by.shop.id, person_id, now)
    return {"role": position.role}


def _move(
    tx: WriteTx, by: Member, person_id: str, old: Position, new: Position, now: datetime
) -> None:
    refuse_change(by, person_id, old, new, store.count_owners(tx, by.shop.id))
    if new == old:
        return
    store.change_position(tx, by.shop.id, person_id, new)
    if old.role is Role.OWNER:
        end_offers_of(tx, by.shop.id, person_id, now)
    before, after = store.columns_of(old), store.columns_of(new)
    details: dict[str, Any] = {
        name: [before[name], after[name]] for name in after if before[name] != after[name]
    }
    if "branch_id" in details:
        branches = (branch_with(by.shop.branches, one) for one in details.pop("branch_id"))
        details["branch"] = [one.name if one else "" for one in branches]
    note_of_member(tx, by, "change_member", person_id, now, details)


def note_of_member(
    tx: WriteTx, by: Member, verb: str, person_id: str, now: datetime, details: dict[str, Any]
) -> None:
    """Note in the audit log what was done about somebody in the shop."""
    origin = by.session_id, by.shop.id
    note_in_control(tx, AuditRecord(by.person.id, verb, person_id, now, details, *origin))


def _position_of(tx: ReadTx, member: Member, person_id: str) -> Position:
    position = store.find_position(tx, member.shop.id, person_id)
    if position is None:
        raise Missing(person_id)
    return position
