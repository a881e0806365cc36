"""Actions on passkeys: sign in, verify, add, rename and remove."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, remember_spent
from daftari.identity.actions.sessions import arrive
from daftari.identity.actions.signins import (
    note_creation_from_elsewhere,
    note_refused,
    note_unasked,
    note_unasked_creation,
)
from daftari.identity.rules import Person, Session
from daftari.identity.rules.ceremonies import Ceremony
from daftari.identity.rules.devices import LONGEST_DEVICE, Device, distinct_name
from daftari.identity.rules.passkey_verification import (
    accept_assertion,
    accept_creation,
    answer_digest,
    challenge_of,
    credential_id_of,
)
from daftari.identity.rules.passkeys import (
    KnownPasskey,
    NewPasskey,
    RelyingParty,
    account_line,
    creation_options,
    request_options,
)
from daftari.identity.rules.signins import SignInKind
from daftari.identity.store import challenges, people, recovery, sessions
from daftari.identity.store import passkeys as store
from daftari.kernel.edits import Seen
from daftari.kernel.forms import read_name
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal


def ask_for_signin(tx: WriteTx, ceremony: Ceremony, now: datetime) -> dict[str, Any]:
    """Request options without credential ids: the phone offers its passkeys for this site."""
    challenge = ask(tx, ChallengePurpose.SIGN_IN, now, ceremony.asked_by)
    return request_options(ceremony.party, challenge)


def sign_in(
    tx: WriteTx, credential: Mapping[str, Any], ceremony: Ceremony, device: Device, now: datetime
) -> tuple[str, str] | Refusal:
    """Sign in with a passkey; returns person id and session token, or why it is refused.

    A refusal is returned, so that what was odd about the answer is kept; the challenge is spent
    either way, by the browser that asked for it: challenge_expired, passkey_not_accepted.
    """
    passkey = _use_passkey(tx, ChallengePurpose.SIGN_IN, credential, ceremony, now)
    if isinstance(passkey, Refusal):
        return passkey
    note_in_control(tx, AuditRecord(passkey.person_id, "sign_in", passkey.id, now))
    token = arrive(tx, passkey.person_id, device, now, SignInKind.PASSKEY, passkey.id)
    return passkey.person_id, token


def ask_to_verify(tx: WriteTx, person: Person, ceremony: Ceremony, now: datetime) -> dict[str, Any]:
    """Request options for one of the person's own passkeys."""
    challenge = ask(tx, ChallengePurpose.VERIFY, now, ceremony.asked_by, person.id)
    return request_options(ceremony.party, challenge, store.passkeys_of(tx, person.id))


def verify(
    tx: WriteTx, session: Session, credential: Mapping[str, Any], ceremony: Ceremony, now: datetime
) -> Refusal | None:
    """Mark the session as verified now; returns what `sign_in` returns of a refusal."""
    passkey = _use_passkey(tx, ChallengePurpose.VERIFY, credential, ceremony, now)
    if isinstance(passkey, Refusal):
        return passkey
    if passkey.person_id != session.person.id:
        return Refusal(form="passkey_not_accepted")
    sessions.change_session(tx, session.id, {"verified_at": now})
    return None


def ask_for_passkey(
    tx: WriteTx, person: Person, ceremony: Ceremony, now: datetime
) -> dict[str, Any]:
    """Creation options for one more passkey; existing ones are excluded."""
    challenge = ask(tx, ChallengePurpose.ADD_PASSKEY, now, ceremony.asked_by, person.id)
    return creation_options_for(tx, person, ceremony.party, challenge)


def creation_options_for(
    tx: ReadTx, person: Person, party: RelyingParty, challenge: bytes
) -> dict[str, Any]:
    """Creation options for a person who has an account; the phone shows person and shop."""
    home = people.home_of(tx, person.id)
    shop = people.find_shop(tx, home) if home else None
    account = account_line(person, shop.name if shop else "")
    return creation_options(party, person, account, challenge, store.passkeys_of(tx, person.id))


def add_passkey(
    tx: WriteTx,
    session: Session,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    now: datetime,
) -> Refusal | None:
    """Add a passkey to the person of a session; returns what `sign_in` returns of a refusal."""
    purpose, person_id = ChallengePurpose.ADD_PASSKEY, session.person.id
    sent, asked_by = challenge_of(credential), ceremony.hashes
    challenge = challenges.take_challenge(tx, sent, purpose, asked_by, now)
    if challenge is None:
        note_unasked_creation(tx, purpose, credential, ceremony, person_id, now)
        return Refusal(form="challenge_expired")
    if challenge.person_id != person_id:
        return Refusal(form="passkey_not_accepted")
    try:
        passkey = accept_creation(credential, challenge.challenge, ceremony.party)
    except Refusal as refusal:
        note_creation_from_elsewhere(tx, person_id, credential, ceremony, now)
        return refusal
    remember_spent(tx, challenge.challenge, person_id, answer_digest(credential), now)
    keep_passkey(tx, person_id, passkey, session.device, now, session.id)
    return None


def keep_passkey(
    tx: WriteTx,
    person_id: str,
    passkey: NewPasskey,
    device: str,
    now: datetime,
    session_id: str | None = None,
) -> str:
    """Store a verified passkey, named after the device it was made on, with a number where another
    passkey of the person has that name. Returns its id. `session_id`: the session that made it.
    """
    passkey_id = new_id()
    row = {
        "id": passkey_id,
        "person_id": person_id,
        "credential_id": passkey.credential_id,
        "public_key": passkey.public_key,
        "sign_count": passkey.sign_count,
        "transports": passkey.transports,
        "backed_up": passkey.backed_up,
        "name": distinct_name(device, store.passkey_names(tx, person_id)),
        "created_at": now,
        "last_used_at": None,
        "session_id": session_id,
    }
    if not store.insert_passkey(tx, row):
        raise Refusal(form="passkey_not_accepted")
    note_in_control(tx, AuditRecord(person_id, "add_passkey", passkey_id, now))
    return passkey_id


def rename_passkey(
    tx: WriteTx, person_id: str, passkey_id: str, typed: str, seen: Seen, now: datetime
) -> None:
    """Rename a passkey. Raises `Missing`, `Stale`, and Refusal: name_missing, name_too_long."""
    stored = store.passkey_name(tx, passkey_id, person_id)
    if stored is None:
        raise Missing(passkey_id)
    name = read_name(typed, LONGEST_DEVICE)
    if changes := seen.changes({"name": name}, {"name": stored}):
        store.change_passkey(tx, passkey_id, person_id, changes)
        note_in_control(tx, AuditRecord(person_id, "rename_passkey", passkey_id, now))


def remove_passkey(
    tx: WriteTx, session: Session, passkey_id: str, with_its_sessions: bool, now: datetime
) -> None:
    """Remove a passkey, and with `with_its_sessions` end the other sessions it started.

    Raises `Missing`, and Refusal(passkey='passkey_is_last'): the last passkey cannot be removed
    while no recovery code is left.
    """
    person_id = session.person.id
    if not store.delete_passkey(tx, passkey_id, person_id):
        raise Missing(passkey_id)
    if not store.passkeys_of(tx, person_id) and not recovery.unspent_codes(tx, person_id):
        raise Refusal(passkey="passkey_is_last")
    if with_its_sessions:
        sessions.end_sessions_of_passkey(tx, person_id, passkey_id, session.id, now)
    note_in_control(tx, AuditRecord(person_id, "remove_passkey", passkey_id, now))


def _use_passkey(
    tx: WriteTx,
    purpose: ChallengePurpose,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    now: datetime,
) -> KnownPasskey | Refusal:
    """Spend the challenge, verify the assertion and store the passkey's use; or why not."""
    sent = challenge_of(credential)
    passkey = store.passkey_by_credential(tx, credential_id_of(credential))
    challenge = challenges.take_challenge(tx, sent, purpose, ceremony.hashes, now)
    if challenge is None:
        note_unasked(tx, purpose, credential, ceremony, passkey, now)
        return Refusal(form="challenge_expired")
    if passkey is None or challenge.person_id not in (None, passkey.person_id):
        return Refusal(form="passkey_not_accepted")
    try:
        count = accept_assertion(credential, sent, ceremony.party, passkey)
    except Refusal as refusal:
        note_refused(tx, credential, ceremony, passkey, now)
        return refusal
    remember_spent(tx, sent, passkey.person_id, answer_digest(credential), now)
    changes = {"sign_count": count, "last_used_at": now}
    store.change_passkey(tx, passkey.id, passkey.person_id, changes)
    return passkey
