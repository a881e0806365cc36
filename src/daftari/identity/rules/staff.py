"""Rules of who may change what about the members of a shop.

Nobody grants what he has not, nobody but an owner touches an owner, and a shop never loses its last
owner. Nobody is made an owner by a change of role.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from daftari.identity.rules.branches import branch_with
from daftari.identity.rules.people import Member
from daftari.identity.rules.roles import (
    UNADJUSTED,
    Adjustments,
    Permission,
    Role,
    permissions_of,
)
from daftari.kernel.refusal import Refusal

HIRED: Final = (Role.MANAGER, Role.CASHIER, Role.VIEWER)
"""The roles that can be given to somebody."""

ADJUSTABLE: Final = (
    Permission.SEE_TOTALS,
    Permission.SEE_BRANCHES,
    Permission.EXPORT_BOOK,
    Permission.REVERSE_OWN_ENTRY,
    Permission.REVERSE_ENTRY,
    Permission.GIVE_OVER_LIMIT,
    Permission.WRITE_OFF,
    Permission.SEND_MESSAGE,
    Permission.REMIND_MANY,
    Permission.MANAGE_PEOPLE,
    Permission.MANAGE_SHOP,
)
"""The permissions that can be adjusted for one member, in the order in which they are shown."""

_BOUNDS: Final[dict[Role, frozenset[str]]] = {
    Role.OWNER: frozenset(),
    Role.MANAGER: frozenset(ADJUSTABLE),
    Role.CASHIER: frozenset(ADJUSTABLE) - {Permission.MANAGE_PEOPLE, Permission.MANAGE_SHOP},
    Role.VIEWER: frozenset(
        {Permission.SEE_TOTALS, Permission.SEE_BRANCHES, Permission.EXPORT_BOOK}
    ),
}
_NEEDS: Final = {
    Permission.REVERSE_ENTRY: Permission.REVERSE_OWN_ENTRY,
    Permission.REMIND_MANY: Permission.SEND_MESSAGE,
}


@dataclass(frozen=True, slots=True)
class Position:
    """The role of a member, what is adjusted for him, and his branch; None for all."""

    role: Role
    adjusted: Adjustments = UNADJUSTED
    branch_id: str | None = None

    @property
    def permissions(self) -> frozenset[str]:
        return permissions_of(self.role, self.adjusted)


def adjustable_for(role: Role, *, has_branches: bool = True) -> tuple[Permission, ...]:
    """The permissions that can be adjusted for a member of this role."""
    bounds = _bounds(role, has_branches=has_branches)
    return tuple(one for one in ADJUSTABLE if one in bounds)


def _bounds(role: Role, *, has_branches: bool) -> frozenset[str]:
    """Where there are no branches, nobody is asked who sees them."""
    return _BOUNDS[role] - (set() if has_branches else {Permission.SEE_BRANCHES})


def adjusted_to(role: Role, allowed: Collection[str], *, has_branches: bool = True) -> Adjustments:
    """The adjustments by which exactly the `allowed` ones of what can be adjusted are permitted.

    One that another one needs is permitted with it. Raises Refusal(permissions=…):
    permission_out_of_bounds.
    """
    bounds, usual = _bounds(role, has_branches=has_branches), permissions_of(role)
    if not bounds.issuperset(allowed):
        raise Refusal(permissions="permission_out_of_bounds")
    needed = {_NEEDS[one] for one in allowed if one in _NEEDS} & bounds  # type: ignore[index]
    return Adjustments.of(role, (usual - bounds) | set(allowed) | needed)


def allowed_text(position: Position) -> str:
    """The permissions of a member among those that can be adjusted, parted by blanks."""
    return " ".join(one for one in ADJUSTABLE if one in position.permissions)


def refuse_change(by: Member, of_person: str, old: Position, new: Position, owners: int) -> None:
    """Refuse a change of a member's position. `owners`: how many the shop has.

    Raises Refusal(form=…): own_position, owner_untouchable, owner_not_given, last_owner,
    grants_too_much.
    """
    if of_person == by.person.id:
        raise Refusal(form="own_position")
    refuse_touching_owner(by, old)
    if new.role is Role.OWNER and old.role is not Role.OWNER:
        raise Refusal(form="owner_not_given")
    if old.role is Role.OWNER and new.role is not Role.OWNER and owners <= 1:
        raise Refusal(form="last_owner")
    refuse_granting(by, new.permissions - old.permissions)


def refuse_granting(by: Member, permissions: Collection[str]) -> None:
    """Refuse to give what the giver has not. Raises Refusal(form='grants_too_much')."""
    if not all(by.may(one) for one in permissions):
        raise Refusal(form="grants_too_much")


def refuse_branch(by: Member, role: Role, branch_id: str | None) -> None:
    """Refuse a branch of somebody; `branch_id` None for all.

    Raises Refusal(branch=…): owner_in_all_branches, branch_unknown, branch_closed, and
    branch_not_yours, for who belongs to a branch gives no other.
    """
    if branch_id is not None and role is Role.OWNER:
        raise Refusal(branch="owner_in_all_branches")
    branch = branch_with(by.shop.branches, branch_id)
    if branch_id is not None and branch is None:
        raise Refusal(branch="branch_unknown")
    if branch is not None and branch.is_closed:
        raise Refusal(branch="branch_closed")
    if by.branch_id is not None and branch_id != by.branch_id:
        raise Refusal(branch="branch_not_yours")


def refuse_removal(by: Member, of_person: str, position: Position, owners: int) -> None:
    """Refuse to end a membership; one's own can always be ended, but for the last owner's.

    Raises Refusal(form=…): last_owner, owner_untouchable.
    """
    if of_person != by.person.id:
        refuse_touching_owner(by, position)
    if position.role is Role.OWNER and owners <= 1:
        raise Refusal(form="last_owner")


def refuse_touching_owner(by: Member, position: Position) -> None:
    """Refuse what only an owner may do about an owner. Raises Refusal: owner_untouchable."""
    if position.role is Role.OWNER and by.role is not Role.OWNER:
        raise Refusal(form="owner_untouchable")
