"""Actions on the sign-in list: a sign-in, an odd answer of a passkey."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose
from daftari.identity.rules.ceremonies import Ceremony
from daftari.identity.rules.passkey_verification import (
    answer_digest,
    challenge_of,
    is_from_elsewhere,
    is_signed_by,
    oddity_of,
)
from daftari.identity.rules.passkeys import KnownPasskey
from daftari.identity.rules.signins import KEPT, SignInKind, oldest_to_fold
from daftari.identity.store import challenges
from daftari.identity.store import signins as store
from daftari.kernel.ids import new_id


def note_signin(
    tx: WriteTx,
    person_id: str,
    kind: SignInKind,
    device: str,
    session_id: str,
    now: datetime,
    is_new_phone: bool = False,
) -> None:
    """Add a sign-in to its person's list; what is older than the list goes back is deleted."""
    row = _row(person_id, kind, device, now)
    store.delete_signins_before(tx, person_id, now - KEPT)
    store.insert_signin(tx, {**row, "session_id": session_id, "is_new_phone": is_new_phone})


def note_odd(
    tx: WriteTx, person_id: str, kind: SignInKind | None, device: str, now: datetime
) -> None:
    """Add an odd answer to a person's list, or count it there; nothing where it was not odd."""
    if kind is not None:
        note_folded(tx, person_id, kind, device, now)


def note_folded(tx: WriteTx, person_id: str, kind: SignInKind, device: str, now: datetime) -> None:
    """Add what may come often to a person's list, or count it there within a day of the first."""
    since = oldest_to_fold(now)
    if not store.count_again(tx, person_id, kind, since, device, now):
        store.delete_signins_before(tx, person_id, now - KEPT)
        row = _row(person_id, kind, device, now)
        store.insert_signin(tx, {**row, "session_id": None, "is_new_phone": False})


def note_refused(
    tx: WriteTx,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    passkey: KnownPasskey,
    now: datetime,
) -> None:
    """Note what was odd about a refused answer that the passkey has signed."""
    kind = oddity_of(credential, ceremony.party, passkey)
    note_odd(tx, passkey.person_id, kind, ceremony.device, now)


def note_unasked(
    tx: WriteTx,
    purpose: ChallengePurpose,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    passkey: KnownPasskey | None,
    now: datetime,
) -> None:
    """Note an answer to a challenge that was spent, or asked for by another browser.

    Only where a known passkey has signed it: what a stranger makes up is in nobody's list.
    """
    if passkey is not None and is_signed_by(credential, ceremony.party, passkey):
        kind, _ = _unasked(tx, purpose, credential, ceremony, now)
        note_odd(tx, passkey.person_id, kind, ceremony.device, now)


def note_unasked_creation(
    tx: WriteTx,
    purpose: ChallengePurpose,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    sender_id: str | None,
    now: datetime,
) -> None:
    """The same for a new passkey, which nobody has signed: it is noted for the signed-in sender,
    else for the person of the challenge, which only that person's browser was told.
    """
    kind, person_id = _unasked(tx, purpose, credential, ceremony, now)
    if whose := sender_id or person_id:
        note_odd(tx, whose, kind, ceremony.device, now)


def note_creation_from_elsewhere(
    tx: WriteTx,
    person_id: str,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    now: datetime,
) -> None:
    """Note a refused new passkey of a person that was made on another origin."""
    if is_from_elsewhere(credential, ceremony.party):
        note_odd(tx, person_id, SignInKind.WRONG_ORIGIN, ceremony.device, now)


def _unasked(
    tx: ReadTx,
    purpose: ChallengePurpose,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    now: datetime,
) -> tuple[SignInKind | None, str | None]:
    """What is odd about an answer whose challenge cannot be spent, and the challenge's person."""
    challenge = challenge_of(credential)
    spent = challenges.find_spent(tx, challenge)
    if spent is not None:
        person_id, answer = spent
        is_same = answer == answer_digest(credential)
        return SignInKind.REPLAYED if is_same else SignInKind.CHALLENGE_REUSED, person_id
    others = challenges.find_of_others(tx, challenge, purpose, ceremony.hashes, now)
    if others is None:
        return None, None
    is_somebody = purpose is not ChallengePurpose.SIGN_UP
    return SignInKind.OTHER_BROWSER, others.person_id if is_somebody else None


def _row(person_id: str, kind: SignInKind, device: str, now: datetime) -> dict[str, object]:
    row = {"id": new_id(), "person_id": person_id, "kind": kind, "device": device}
    return {**row, "first_at": now, "at": now, "times": 1}
