"""The tokens of invitations, and what becomes of an invitation."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta
from enum import StrEnum
from typing import Final

INVITATION_HOLDS: Final = timedelta(hours=48)
INVITATION_REMEMBERED: Final = timedelta(days=90)
MOST_OPEN: Final = 200
"""So many invitations of one shop may be open at once."""


class InvitationState(StrEnum):
    """What has become of an invitation; a used one was accepted."""

    OPEN = "open"
    USED = "used"
    LATE = "late"
    REVOKED = "revoked"


def token_of(secret: bytes, invitation_id: str) -> str:
    """The token of an invitation's link: 256 bits, made from its id and a secret of ours.

    It is not stored and can be shown again while the invitation is open. `secret`: 256 bits.
    """
    made = hmac.digest(secret, invitation_id.encode(), hashlib.sha256)
    return urlsafe_b64encode(made).decode().rstrip("=")


def hash_of(token: str) -> bytes:
    """The SHA-256 of a token, of which alone a row knows."""
    return hashlib.sha256(token.encode()).digest()
