"""What holds a session: it lies on the counter before a customer, or the device locked itself.

A held session answers nothing but its own page. `HoldKind` is what a route says in its options:
`even_if=(HoldKind.COUNTER, …)`, it answers all the same.
"""

from enum import StrEnum
from typing import Final

LOCK_CHOICES: Final = (0, 1, 5, 15, 60)
"""The minutes without a touch after which a device can lock itself; 0: never."""
LOCK_PAGE: Final = "/locked"
COUNTER_END: Final = "/counter/end"
"""The way off the counter."""
COUNTER_COOKIE: Final = "counter"
"""`{shop}.{customer}`: tells the scripts, also with no network, whose account lies there."""
LOCK_COOKIE: Final = "lock"
"""Tells the scripts after how many minutes this device locks itself, also with no network."""
LOCKED_COOKIE: Final = "locked"
"""Set by the scripts when the device locks itself, taken away by the server when it is opened."""


class HoldKind(StrEnum):
    """What holds a session."""

    COUNTER = "counter"
    LOCK = "lock"


EITHER: Final = (HoldKind.COUNTER, HoldKind.LOCK)
"""What waits on the phone travels, and the passkey is asked for, whatever holds the session."""
