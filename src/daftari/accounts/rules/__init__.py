"""Who may do what, and how long a sign-in holds. Pure."""

from daftari.accounts.rules.people import Member, Person, Present, Session, Shop
from daftari.accounts.rules.roles import Deed, Role, may
from daftari.accounts.rules.sessions import (
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
    "Deed",
    "Member",
    "Person",
    "Present",
    "Role",
    "Session",
    "Shop",
    "expiry",
    "is_fresh",
    "may",
]
