"""WebAuthn challenges: created for one browser, stored for one response, deleted with it."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from daftari.db.base import WriteTx
from daftari.identity.rules.passkeys import ANSWER_WITHIN, CHALLENGE_BYTES
from daftari.identity.rules.signins import SPENT_KEPT
from daftari.identity.store import challenges as store


class ChallengePurpose(StrEnum):
    """The ceremony that a challenge is valid for."""

    SIGN_UP = "sign_up"
    SIGN_IN = "sign_in"
    ADD_PASSKEY = "add_passkey"
    JOIN = "join"
    ACCEPT_INVITATION = "accept_invitation"
    VERIFY = "verify"
    SHOW_CODES = "show_codes"


def ask(
    tx: WriteTx,
    purpose: ChallengePurpose,
    now: datetime,
    asked_by: bytes | None,
    person_id: str | None = None,
    payload: str | None = None,
    within: timedelta = ANSWER_WITHIN,
) -> bytes:
    """Store a new challenge and return it; delete all that have expired.

    `asked_by`: the only browser that can answer it, None for a row that no browser answers.
    """
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    row = {"challenge": challenge, "purpose": purpose, "person_id": person_id}
    store.delete_stale_challenges(tx, now)
    expires_at = now + within
    store.insert_challenge(
        tx, {**row, "payload": payload, "expires_at": expires_at, "asked_by": asked_by}
    )
    return challenge


def remember_spent(
    tx: WriteTx, challenge: bytes, person_id: str, answer: bytes, now: datetime
) -> None:
    """Keep for a day that a person's passkey has answered this challenge, and how."""
    row = {"challenge": challenge, "person_id": person_id, "answer": answer}
    store.insert_spent(tx, {**row, "known_until": now + SPENT_KEPT})
