"""The sign-in list of a person: sign-ins, and what was odd about an answer of a passkey.

An odd answer stands in somebody's list only where one of the person's own passkeys has signed it,
or the person's own session has sent it: nobody else can fill a list, or learn whether there is one.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

KEPT: Final = timedelta(days=180)
"""As long as the longest session: whoever is signed in finds in the list how that began."""
FOLDED_WITHIN: Final = timedelta(days=1)
"""Odd answers of one kind within a day of the first are one row, with their number."""
SPENT_KEPT: Final = timedelta(days=1)
"""How long a spent challenge is known, to tell a replay from an answer that is late."""


class SignInKind(StrEnum):
    """What a row of the list is about."""

    SIGN_UP = "sign_up"
    INVITATION = "invitation"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"
    LINK = "link"
    PHONE_LINK = "phone_link"
    TILL_PIN = "till_pin"
    BEFORE = "before"  # a session from before the list was kept
    COUNTER_WENT_BACK = "counter_went_back"
    REPLAYED = "replayed"
    CHALLENGE_REUSED = "challenge_reused"
    WRONG_ORIGIN = "wrong_origin"
    OTHER_BROWSER = "other_browser"
    PIN_LOCKED = "pin_locked"

    @property
    def is_odd(self) -> bool:
        return self in _ODD


class PhoneAnswer(StrEnum):
    """What its person says of a sign-in on a new phone."""

    MINE = "mine"
    NOT_MINE = "not_mine"


_ODD: Final = frozenset(
    {
        SignInKind.COUNTER_WENT_BACK,
        SignInKind.REPLAYED,
        SignInKind.CHALLENGE_REUSED,
        SignInKind.WRONG_ORIGIN,
        SignInKind.OTHER_BROWSER,
        SignInKind.PIN_LOCKED,
    }
)


def oldest_to_fold(now: datetime) -> datetime:
    """The moment since which an odd answer of the same kind is counted, not added."""
    return now - FOLDED_WITHIN
