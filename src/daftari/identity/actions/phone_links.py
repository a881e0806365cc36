"""Actions on phone links: a signed-in phone makes one, a second phone comes in by it, once."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, remember_spent
from daftari.identity.actions.passkeys import creation_options_for, keep_passkey
from daftari.identity.actions.sessions import arrive, free_name
from daftari.identity.actions.signins import note_creation_from_elsewhere, note_unasked_creation
from daftari.identity.rules import Session
from daftari.identity.rules.ceremonies import Ceremony
from daftari.identity.rules.devices import Device
from daftari.identity.rules.passkey_verification import (
    accept_creation,
    answer_digest,
    challenge_of,
)
from daftari.identity.rules.signins import SignInKind
from daftari.identity.store import challenges, people
from daftari.identity.store import phone_links as store
from daftari.kernel.refusal import Refusal

LINK_HOLDS: Final = timedelta(minutes=2)


def make_phone_link(tx: WriteTx, session: Session, now: datetime) -> str:
    """Create a link for one more phone of the person, in place of any that is still open.

    Returns its token: 256 bits, of which only the hash is stored.
    """
    token = secrets.token_urlsafe(32)
    row = {"token_hash": _hashed(token), "person_id": session.person.id, "session_id": session.id}
    store.delete_open_links(tx, session.person.id, now)
    store.insert_phone_link(tx, {**row, "expires_at": now + LINK_HOLDS})
    note_in_control(tx, AuditRecord(session.person.id, "make_phone_link", session.id, now))
    return token


def ask_to_join(tx: WriteTx, token: str, ceremony: Ceremony, now: datetime) -> dict[str, Any]:
    """Creation options for the passkey of the second phone; the link is not spent yet.

    The challenge stands for the link, and ends with it. Raises what `join` raises of the link.
    """
    link = store.open_link(tx, _hashed(token), now)
    person = people.find_person(tx, link.person_id) if link else None
    if link is None or person is None:
        raise _why_not(tx, _hashed(token), now)
    payload, within = _hashed(token).hex(), link.expires_at - now
    asked_by = ceremony.asked_by
    challenge = ask(tx, ChallengePurpose.JOIN, now, asked_by, person.id, payload, within)
    return creation_options_for(tx, person, ceremony.party, challenge)


def join(
    tx: WriteTx, credential: Mapping[str, Any], ceremony: Ceremony, device: Device, now: datetime
) -> tuple[str, str] | Refusal:
    """Spend the link for the passkey that the second phone made, and sign that phone in.

    Returns person id and session token, or why the response is refused: challenge_expired,
    passkey_not_accepted; that spends the challenge, and not the link. Raises Refusal(form=…) of
    the link: phone_link_used, phone_link_late, phone_link_unknown.
    """
    purpose, sent = ChallengePurpose.JOIN, challenge_of(credential)
    challenge = challenges.take_challenge(tx, sent, purpose, ceremony.hashes, now)
    if challenge is None:
        note_unasked_creation(tx, purpose, credential, ceremony, None, now)
        return Refusal(form="challenge_expired")
    person_id, token_hash = challenge.person_id or "", bytes.fromhex(challenge.payload or "")
    try:
        passkey = accept_creation(credential, sent, ceremony.party)
    except Refusal as refusal:
        note_creation_from_elsewhere(tx, person_id, credential, ceremony, now)
        return refusal
    remember_spent(tx, sent, person_id, answer_digest(credential), now)
    name, made_by = free_name(tx, person_id, device.name, now), store.maker_of(tx, token_hash)
    passkey_id = keep_passkey(tx, person_id, passkey, name, now, made_by)
    if not store.spend_link(tx, token_hash, passkey_id, now):
        raise _why_not(tx, token_hash, now)
    note_in_control(tx, AuditRecord(person_id, "join", passkey_id, now))
    kind = SignInKind.PHONE_LINK
    return person_id, arrive(tx, person_id, device, now, kind, passkey_id)


def _why_not(tx: ReadTx, token_hash: bytes, now: datetime) -> Refusal:
    link = store.find_link(tx, token_hash)
    if link is not None and link.spent_at is not None:
        return Refusal(form="phone_link_used")
    if link is not None and link.expires_at <= now:
        return Refusal(form="phone_link_late")
    return Refusal(form="phone_link_unknown")


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
