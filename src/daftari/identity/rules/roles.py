"""Roles of a shop's members, the permissions of each role, and what is adjusted for one member."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Role(StrEnum):
    """The role of a member in a shop."""

    OWNER = "owner"
    MANAGER = "manager"
    CASHIER = "cashier"
    VIEWER = "viewer"


class Permission(StrEnum):
    """A permission that a route requires with `may=…`; `read_book` is the default."""

    READ_BOOK = "read_book"
    SEE_TOTALS = "see_totals"
    SEE_BRANCHES = "see_branches"
    RECORD_ENTRY = "record_entry"
    ADD_CUSTOMER = "add_customer"
    CHANGE_CUSTOMER = "change_customer"
    REVERSE_ENTRY = "reverse_entry"
    REVERSE_OWN_ENTRY = "reverse_own_entry"
    FREEZE_CUSTOMER = "freeze_customer"
    SET_CREDIT_LIMIT = "set_credit_limit"
    GIVE_OVER_LIMIT = "give_over_limit"
    WRITE_OFF = "write_off"
    SEND_MESSAGE = "send_message"
    REMIND_MANY = "remind_many"
    EXPORT_BOOK = "export_book"
    MANAGE_SHOP = "manage_shop"
    MANAGE_PEOPLE = "manage_people"
    HAND_OVER = "hand_over"


_VIEWER = frozenset({Permission.READ_BOOK})
_CASHIER = _VIEWER | {
    Permission.RECORD_ENTRY,
    Permission.ADD_CUSTOMER,
    Permission.REVERSE_OWN_ENTRY,
    Permission.SEND_MESSAGE,
}
_MANAGER = _CASHIER | {
    Permission.SEE_TOTALS,
    Permission.SEE_BRANCHES,
    Permission.CHANGE_CUSTOMER,
    Permission.REVERSE_ENTRY,
    Permission.FREEZE_CUSTOMER,
    Permission.SET_CREDIT_LIMIT,
    Permission.GIVE_OVER_LIMIT,
    Permission.WRITE_OFF,
    Permission.REMIND_MANY,
}
_OWNER = frozenset(Permission)

_ALLOWED: dict[str, frozenset[str]] = {
    Role.OWNER: _OWNER,
    Role.MANAGER: _MANAGER,
    Role.CASHIER: _CASHIER,
    Role.VIEWER: _VIEWER,
}


@dataclass(frozen=True, slots=True)
class Adjustments:
    """What one member may do besides the permissions of the role, and what of them he may not."""

    granted: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()

    @classmethod
    def of(cls, role: str, allowed: Iterable[str]) -> "Adjustments":
        """The adjustments that leave a member of this role exactly the `allowed` permissions."""
        return cls(frozenset(allowed) - _ALLOWED[role], _ALLOWED[role] - frozenset(allowed))


UNADJUSTED: Final = Adjustments()


@lru_cache(maxsize=1024)
def permissions_of(role: str, adjusted: Adjustments = UNADJUSTED) -> frozenset[str]:
    """All permissions of a member. Those of an owner are never narrowed."""
    if role == Role.OWNER:
        return _OWNER
    return (_ALLOWED[role] | adjusted.granted) - adjusted.denied


def may(role: str, permission: str, adjusted: Adjustments = UNADJUSTED) -> bool:
    """Whether the role has the permission. Raises KeyError for an unknown role or permission."""
    if permission not in _OWNER:
        raise KeyError(permission)
    return permission in permissions_of(role, adjusted)
