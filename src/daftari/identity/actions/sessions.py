"""Actions on sessions: start, extend, revoke and sign out."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.signins import note_signin
from daftari.identity.actions.wakeups import wake_shops_of
from daftari.identity.rules import REMEMBERED, Session, expiry
from daftari.identity.rules.devices import LONGEST_DEVICE, Device, distinct_name
from daftari.identity.rules.signins import SignInKind
from daftari.identity.store import sessions as store
from daftari.identity.store import tills
from daftari.identity.store.people import home_of
from daftari.kernel.edits import Seen
from daftari.kernel.forms import read_name
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing


def begin_session(
    tx: WriteTx,
    person_id: str,
    shop_id: str | None,
    device: str,
    now: datetime,
    passkey_id: str | None = None,
    session_id: str | None = None,
    till_id: str | None = None,
    is_verified: bool = True,
) -> str:
    """Start a session, verified now by a passkey. Returns the token of the cookie: 256 bits.

    `passkey_id`: the passkey that started it; None for a recovery code or an operator's link.
    `device`: its name, which gets a number where another device of the person has it.
    `till_id`: the shared till, on which the person goes on with the session of the last turn.
    Sessions of the person that ended long ago are deleted.
    """
    token = secrets.token_urlsafe(32)
    begun = {
        "shop_id": shop_id,
        "passkey_id": passkey_id,
        "token_hash": hashlib.sha256(token.encode()).digest(),
        "created_at": now,
        "last_seen_at": now,
        "verified_at": now if is_verified else None,
        "expires_at": expiry(now, now, till_id is not None),
    }
    known = tills.session_on(tx, till_id, person_id) if till_id else None
    if known is not None:
        off_counter = {"counter_shop_id": None, "counter_customer_id": None}
        store.change_session(tx, known, {**begun, **off_counter, "ended_at": None})
        return token
    device = free_name(tx, person_id, device, now)
    store.delete_sessions_over(tx, person_id, now - REMEMBERED)
    row = {"id": session_id or new_id(), "person_id": person_id, "device": device}
    store.insert_session(tx, {**row, **begun, "till_id": till_id})
    return token


def arrive(
    tx: WriteTx,
    person_id: str,
    device: Device,
    now: datetime,
    kind: SignInKind,
    passkey_id: str | None = None,
) -> str:
    """Start a session in the shop the person visited last; returns the token.

    It is in the person's sign-in list as `kind`. On a device without the person's mark the worker
    also alerts the person in each of their shops.
    """
    till = tills.till_of_member(tx, device.till, person_id) if device.till else None
    session_id = (till and tills.session_on(tx, till.id, person_id)) or new_id()
    name, is_new = free_name(tx, person_id, device.name, now), not device.knows(person_id)
    note_signin(tx, person_id, kind, name, session_id, now, is_new)
    if is_new:
        details = {"device": name}
        record = AuditRecord(person_id, "sign_in_on_new_phone", person_id, now, details)
        note_in_control(tx, record)
        wake_shops_of(tx, person_id, now)
    home = till.shop_id if till else home_of(tx, person_id)
    return begin_session(
        tx, person_id, home, name, now, passkey_id, session_id, till.id if till else None
    )


def begin_first_session(
    tx: WriteTx,
    person_id: str,
    shop_id: str,
    device: str,
    now: datetime,
    passkey_id: str,
    kind: SignInKind = SignInKind.SIGN_UP,
) -> str:
    """Start the session of a sign-up, or of who accepts an invitation; returns the token."""
    session_id = new_id()
    note_signin(tx, person_id, kind, device, session_id, now)
    return begin_session(tx, person_id, shop_id, device, now, passkey_id, session_id)


def free_name(tx: ReadTx, person_id: str, name: str, now: datetime) -> str:
    """The name for one more device of a person, unlike those of the devices signed in now."""
    taken = {row["device"] for row in store.living_sessions(tx, person_id, now)}
    return distinct_name(name, taken)


def touch_session(tx: WriteTx, session: Session, shop_id: str | None, now: datetime) -> None:
    """Extend a session that is in use, and store its current shop when one is given."""
    changes: dict[str, object] = {
        "last_seen_at": now,
        "expires_at": expiry(session.created_at, now, session.till_id is not None),
    }
    if shop_id is not None:
        changes["shop_id"] = shop_id
    store.change_session(tx, session.id, changes)


def revoke_session(tx: WriteTx, person_id: str, session_id: str, now: datetime) -> None:
    """Revoke one of the person's sessions. Raises `Missing`."""
    if not store.end_session(tx, session_id, person_id, now):
        raise Missing(session_id)
    note_in_control(tx, AuditRecord(person_id, "revoke_session", session_id, now))


def rename_device(
    tx: WriteTx, person_id: str, session_id: str, typed: str, seen: Seen, now: datetime
) -> None:
    """Rename the device of a session. Raises `Missing`, `Stale`, and Refusal: name_missing,
    name_too_long.
    """
    stored = store.device_of_session(tx, session_id, person_id)
    if stored is None:
        raise Missing(session_id)
    name = read_name(typed, LONGEST_DEVICE)
    if changes := seen.changes({"name": name}, {"name": stored}):
        store.rename_device(tx, session_id, changes["name"])
        note_in_control(tx, AuditRecord(person_id, "rename_device", session_id, now))


def device_names(tx: ReadTx, session_ids: Collection[str]) -> dict[str, str]:
    """The names of the devices of these sessions, also of those that have ended."""
    return store.find_device_names(tx, session_ids)


def sign_out(tx: WriteTx, session: Session, now: datetime) -> None:
    """End the session of the request."""
    store.end_session(tx, session.id, session.person.id, now)
    note_in_control(tx, AuditRecord(session.person.id, "sign_out", session.id, now))
