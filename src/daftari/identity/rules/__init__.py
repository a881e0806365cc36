"""Pure rules of identity: roles and permissions, session lifetimes, passkeys, phone numbers."""

from daftari.identity.rules.people import Member, Person, Present, Session, Shop
from daftari.identity.rules.roles import (
    UNADJUSTED,
    Adjustments,
    Permission,
    Role,
    may,
    permissions_of,
)
from daftari.identity.rules.sessions import (
    LONGEST,
    RECHECK_WITHIN,
    REMEMBERED,
    TOUCH_EVERY,
    expiry,
    is_fresh,
)

__all__ = [
    "LONGEST",
    "RECHECK_WITHIN",
    "REMEMBERED",
    "TOUCH_EVERY",
    "UNADJUSTED",
    "Adjustments",
    "Permission",
    "Member",
    "Person",
    "Present",
    "Role",
    "Session",
    "Shop",
    "expiry",
    "is_fresh",
    "may",
    "permissions_of",
]
