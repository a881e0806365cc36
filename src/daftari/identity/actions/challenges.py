"""WebAuthn challenges: created and stored for one response, deleted when it arrives."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from daftari.db.base import WriteTx
from daftari.identity.rules.passkeys import ANSWER_WITHIN, CHALLENGE_BYTES
from daftari.identity.store import passkeys as store
from daftari.identity.store.passkeys import Challenge
from daftari.kernel.refusal import Refusal


class ChallengePurpose(StrEnum):
    """The ceremony that a challenge is valid for."""

    SIGN_UP = "sign_up"
    SIGN_IN = "sign_in"
    ADD_PASSKEY = "add_passkey"
    JOIN = "join"
    VERIFY = "verify"
    SHOW_CODES = "show_codes"


def ask(
    tx: WriteTx,
    purpose: ChallengePurpose,
    now: datetime,
    person_id: str | None = None,
    payload: str | None = None,
    within: timedelta = ANSWER_WITHIN,
) -> bytes:
    """Store a new challenge and return it; delete all that have expired."""
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    row = {"challenge": challenge, "purpose": purpose, "person_id": person_id}
    store.delete_stale_challenges(tx, now)
    store.insert_challenge(tx, {**row, "payload": payload, "expires_at": now + within})
    return challenge


def spend(tx: WriteTx, challenge: bytes, purpose: ChallengePurpose, now: datetime) -> Challenge:
    """Delete a challenge and return its row. Raises Refusal(form='challenge_expired')."""
    taken = store.take_challenge(tx, challenge, purpose, now)
    if taken is None:
        raise Refusal(form="challenge_expired")
    return taken
