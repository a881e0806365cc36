"""Actions on passkeys: sign in, verify, add, rename and remove."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, spend
from daftari.identity.actions.sessions import arrive
from daftari.identity.rules import Person, Session
from daftari.identity.rules.devices import LONGEST_DEVICE, Device, distinct_name
from daftari.identity.rules.passkey_verification import (
    accept_assertion,
    accept_creation,
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
from daftari.identity.store import passkeys as store
from daftari.identity.store import people, recovery, sessions
from daftari.identity.store.passkeys import Challenge
from daftari.kernel.edits import Seen
from daftari.kernel.forms import read_name
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal


def ask_for_signin(tx: WriteTx, party: RelyingParty, now: datetime) -> dict[str, Any]:
    """Request options without credential ids: the phone offers its passkeys for this site."""
    return request_options(party, ask(tx, ChallengePurpose.SIGN_IN, now))


def sign_in(
    tx: WriteTx, credential: Mapping[str, Any], party: RelyingParty, device: Device, now: datetime
) -> tuple[str, str] | None:
    """Sign in with a passkey; returns person id and session token, or None when it is not valid.

    The challenge is spent either way. Raises Refusal(form=…): challenge_expired,
    passkey_not_accepted (malformed response).
    """
    challenge = spend(tx, challenge_of(credential), ChallengePurpose.SIGN_IN, now)
    passkey = _use_passkey(tx, credential, challenge, party, now)
    if passkey is None:
        return None
    note_in_control(tx, AuditRecord(passkey.person_id, "sign_in", passkey.id, now))
    return passkey.person_id, arrive(tx, passkey.person_id, device, now, passkey.id)


def ask_to_verify(
    tx: WriteTx, person: Person, party: RelyingParty, now: datetime
) -> dict[str, Any]:
    """Request options for one of the person's own passkeys."""
    challenge = ask(tx, ChallengePurpose.VERIFY, now, person.id)
    return request_options(party, challenge, store.passkeys_of(tx, person.id))


def verify(
    tx: WriteTx, session: Session, credential: Mapping[str, Any], party: RelyingParty, now: datetime
) -> bool:
    """Mark the session as verified now. Returns False when the response is not valid.

    Raises what `sign_in` raises.
    """
    challenge = spend(tx, challenge_of(credential), ChallengePurpose.VERIFY, now)
    passkey = _use_passkey(tx, credential, challenge, party, now)
    if passkey is None or passkey.person_id != session.person.id:
        return False
    sessions.change_session(tx, session.id, {"verified_at": now})
    return True


def ask_for_passkey(
    tx: WriteTx, person: Person, party: RelyingParty, now: datetime
) -> dict[str, Any]:
    """Creation options for one more passkey; existing ones are excluded."""
    challenge = ask(tx, ChallengePurpose.ADD_PASSKEY, now, person.id)
    return creation_options_for(tx, person, party, challenge)


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
    person: Person,
    credential: Mapping[str, Any],
    party: RelyingParty,
    device: str,
    now: datetime,
) -> bool:
    """Add a passkey to a person. Returns False when the response is not valid.

    Raises what `sign_in` raises.
    """
    challenge = spend(tx, challenge_of(credential), ChallengePurpose.ADD_PASSKEY, now)
    if challenge.person_id != person.id:
        return False
    try:
        passkey = accept_creation(credential, challenge.challenge, party)
    except Refusal:
        return False
    keep_passkey(tx, person.id, passkey, device, now)
    return True


def keep_passkey(
    tx: WriteTx, person_id: str, passkey: NewPasskey, device: str, now: datetime
) -> str:
    """Store a verified passkey, named after the device it was made on, with a number where another
    passkey of the person has that name. Returns its id.
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
    credential: Mapping[str, Any],
    challenge: Challenge,
    party: RelyingParty,
    now: datetime,
) -> KnownPasskey | None:
    """Verify an assertion and store the passkey's use; None when it is not valid."""
    passkey = store.passkey_by_credential(tx, credential_id_of(credential))
    if passkey is None or challenge.person_id not in (None, passkey.person_id):
        return None
    try:
        count = accept_assertion(credential, challenge.challenge, party, passkey)
    except Refusal:
        return None
    changes = {"sign_count": count, "last_used_at": now}
    store.change_passkey(tx, passkey.id, passkey.person_id, changes)
    return passkey
