"""Sign-in without a passkey: recovery codes, and the operator's one-time sign-in link."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask
from daftari.identity.actions.sessions import arrive
from daftari.identity.rules.codes import HOW_MANY, code_hash, new_code
from daftari.identity.rules.devices import Device
from daftari.identity.rules.signins import SignInKind
from daftari.identity.store import challenges, people
from daftari.identity.store import recovery as store
from daftari.kernel.refusal import Refusal

LINK_HOLDS = timedelta(minutes=10)
CODES_WAIT = timedelta(minutes=2)


def make_codes(tx: WriteTx, person_id: str, now: datetime, session_id: str | None = None) -> None:
    """Replace a person's unspent recovery codes by ten new ones, which nobody has kept yet.

    Only hashes are stored. The codes themselves stay at most two minutes, for `show_codes`.
    """
    codes = [new_code() for _ in range(HOW_MANY)]
    store.delete_unspent_codes(tx, person_id)
    store.insert_codes(tx, person_id, [code_hash(code) for code in codes], session_id, now)
    challenges.delete_challenges_of(tx, person_id, ChallengePurpose.SHOW_CODES)
    ask(tx, ChallengePurpose.SHOW_CODES, now, None, person_id, json.dumps(codes), CODES_WAIT)
    people.change_person(tx, person_id, {"codes_kept_at": None})
    note_in_control(tx, AuditRecord(person_id, "make_codes", person_id, now))


def keep_codes(tx: WriteTx, person_id: str, now: datetime) -> None:
    """Note that the person has kept the codes of now; nothing where there are none."""
    if store.unspent_codes(tx, person_id):
        people.change_person(tx, person_id, {"codes_kept_at": now})
        note_in_control(tx, AuditRecord(person_id, "keep_codes", person_id, now))


def show_codes(tx: WriteTx, person_id: str, now: datetime) -> tuple[str, ...]:
    """The newest recovery codes, returned once; empty after that."""
    kept = challenges.take_newest_of(tx, person_id, ChallengePurpose.SHOW_CODES, now)
    return tuple(json.loads(kept.payload)) if kept and kept.payload else ()


def recover(tx: WriteTx, phones: Sequence[str], code: str, device: Device, now: datetime) -> str:
    """Spend a recovery code; returns a session token. Raises Refusal(form='code_not_right').

    The refusal does not say whether the phone or the code is wrong. After the last code the person
    is reminded to make new ones.
    """
    person_id = store.spend_code(tx, phones, code_hash(code), now)
    if person_id is None:
        raise Refusal(form="code_not_right")
    note_in_control(tx, AuditRecord(person_id, "recover", person_id, now))
    if not store.unspent_codes(tx, person_id):
        people.change_person(tx, person_id, {"codes_kept_at": None})
    return arrive(tx, person_id, device, now, SignInKind.RECOVERY_CODE)


def make_link(tx: WriteTx, person_id: str, now: datetime) -> str:
    """Create a sign-in link that is valid once, for ten minutes; returns its token."""
    token = secrets.token_urlsafe(32)
    store.delete_stale_links(tx, now)
    store.insert_link(tx, _hashed(token), person_id, now + LINK_HOLDS)
    note_in_control(tx, AuditRecord(person_id, "make_signin_link", person_id, now))
    return token


def make_links(tx: WriteTx, phones: Sequence[str], now: datetime) -> list[tuple[str, str]]:
    """Create links for all people with one of these numbers (E.164); names and tokens."""
    found = people.people_by_phones(tx, phones)
    return [(person.name, make_link(tx, person.id, now)) for person in found]


def use_link(tx: WriteTx, token: str, device: Device, now: datetime) -> str:
    """Spend a sign-in link; returns a session token. Raises Refusal(form='link_not_good')."""
    person_id = store.spend_link(tx, _hashed(token), now)
    if person_id is None:
        raise Refusal(form="link_not_good")
    note_in_control(tx, AuditRecord(person_id, "use_signin_link", person_id, now))
    return arrive(tx, person_id, device, now, SignInKind.LINK)


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
