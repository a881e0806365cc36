"""Tables of people, shops, memberships, passkeys and sessions, all in the control file."""

from daftari.identity.tables.access import (
    challenges,
    devices,
    passkeys,
    phone_links,
    recovery_codes,
    sessions,
    signin_links,
    signins,
    spent_challenges,
)
from daftari.identity.tables.people import (
    access_reviews,
    branches,
    invitations,
    memberships,
    people,
    shops,
    wakeups,
)
from daftari.identity.tables.tills import (
    till_pins,
    tills,
)

__all__ = [
    "access_reviews",
    "branches",
    "challenges",
    "devices",
    "invitations",
    "memberships",
    "passkeys",
    "people",
    "phone_links",
    "recovery_codes",
    "sessions",
    "shops",
    "signin_links",
    "signins",
    "spent_challenges",
    "till_pins",
    "tills",
    "wakeups",
]
