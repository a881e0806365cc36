"""Actions on shared tills: make one, end it, set a pin, take a turn by it, end the turn."""

import hmac
import secrets
from datetime import datetime

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.signins import note_folded
from daftari.identity.actions.staff import acting, note_of_member
from daftari.identity.rules import Member, Session, expiry
from daftari.identity.rules.commands import NewTill
from daftari.identity.rules.signins import SignInKind
from daftari.identity.rules.tills import MOST_WRONG
from daftari.identity.store import memberships, sessions
from daftari.identity.store import tills as store
from daftari.identity.store.tills import Pin, Till
from daftari.kernel.refusal import Missing, Refusal


def make_till(tx: WriteTx, member: Member, made: NewTill, now: datetime) -> None:
    """Make the device with this token a till of the shop. Raises `Missing` for who may not."""
    by = acting(tx, member)
    row = {
        "id": made.id,
        "shop_id": by.shop.id,
        "token_hash": made.token_hash,
        "name": made.name,
        "made_by": by.person.id,
        "created_at": now,
    }
    store.insert_till(tx, row)
    if by.session_id:  # this sign-in is the first turn
        turn = {"till_id": made.id, "created_at": now, "expires_at": expiry(now, now, is_turn=True)}
        sessions.change_session(tx, by.session_id, turn)
    note_of_member(tx, by, "make_till", made.id, now, {"device": made.name})


def end_till(tx: WriteTx, member: Member, till_id: str, now: datetime) -> None:
    """End a till of the shop, with its pins and the turns on it. Raises `Missing`."""
    by = acting(tx, member)
    if not store.end_till(tx, by.shop.id, till_id, now):
        raise Missing(till_id)
    note_of_member(tx, by, "end_till", till_id, now, {})


def set_pin(
    tx: WriteTx, session: Session, token_hash: bytes, salt: bytes, hashed: bytes, now: datetime
) -> None:
    """Set the pin of the session's person on the till of a cookie; it opens a locked one.

    Raises `Missing` where the till has ended, or is of a shop where the person does not work.
    """
    till = till_of(tx, token_hash)
    member = memberships.find_membership(tx, till.shop_id, session.person.id)
    if member is None:
        raise Missing(till.id)
    by = session.person.id
    row = {"till_id": till.id, "person_id": by, "wrong": 0, "set_at": now, "set_in": session.id}
    store.put_pin(tx, {**row, "salt": salt, "pin_hash": hashed})
    note_of_member(tx, member, "set_pin", by, now, {"device": till.name})


def take_turn(
    tx: WriteTx, token_hash: bytes, person_id: str, hashed: bytes, now: datetime
) -> str | Refusal:
    """Begin a person's turn on a till by the pin; returns the token of the session.

    A refusal is returned, so that the wrong answer counts: pin_wrong, pin_locked. Raises `Missing`
    for who has no pin there, or does not work in the shop any more.
    """
    till, pin = till_of(tx, token_hash), pin_of(tx, token_hash, person_id)
    if pin.wrong >= MOST_WRONG:
        return Refusal(pin="pin_locked")
    if not hmac.compare_digest(pin.pin_hash, hashed):
        return _count_wrong(tx, till, person_id, pin.wrong + 1, now)
    store.count_wrong(tx, till.id, person_id, 0)
    note_folded(tx, person_id, SignInKind.TILL_PIN, till.name, now)
    return begin_session(
        tx, person_id, till.shop_id, till.name, now, till_id=till.id, is_verified=False
    )


def pin_of(tx: ReadTx, token_hash: bytes, person_id: str) -> Pin:
    """The pin of a member on the till of a cookie. Raises `Missing`."""
    till = till_of(tx, token_hash)
    pin = store.find_pin(tx, till.id, person_id)
    if pin is None or memberships.find_position(tx, till.shop_id, person_id) is None:
        raise Missing(person_id)
    return pin


def till_of(tx: ReadTx, token_hash: bytes) -> Till:
    """The till of a cookie. Raises `Missing`."""
    till = store.find_till(tx, token_hash)
    if till is None:
        raise Missing("till")
    return till


def finish_turn(tx: WriteTx, session: Session, now: datetime) -> None:
    """End the turn of who is signed in on a till; the next one has the same session."""
    sessions.end_session(tx, session.id, session.person.id, now)


def new_salt() -> bytes:
    return secrets.token_bytes(16)


def _count_wrong(tx: WriteTx, till: Till, person_id: str, wrong: int, now: datetime) -> Refusal:
    store.count_wrong(tx, till.id, person_id, wrong)
    if wrong < MOST_WRONG:
        return Refusal(pin="pin_wrong")
    note_folded(tx, person_id, SignInKind.PIN_LOCKED, till.name, now)
    return Refusal(pin="pin_locked")
