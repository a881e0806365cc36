"""Actions on one's own name and phone number; each is told in the activity of one's shops."""

from dataclasses import replace
from datetime import datetime
from hmac import compare_digest

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import WriteTx
from daftari.identity.rules import Session
from daftari.identity.rules.phone_proofs import (
    CODE_HOLDS,
    COUNTED_FOR,
    MOST_TRIES,
    code_hash,
    refuse_send,
)
from daftari.identity.store import memberships, people
from daftari.identity.store import phone_proofs as store
from daftari.kernel.edits import Seen
from daftari.kernel.forms import read_name
from daftari.kernel.refusal import Refusal


def rename_person(tx: WriteTx, session: Session, typed: str, seen: Seen, now: datetime) -> None:
    """Change one's own name. Raises `Stale`, and Refusal: name_missing, name_too_long."""
    person = session.person
    name = read_name(typed)
    if seen.changes({"name": name}, {"name": person.name}):
        people.change_person(tx, person.id, {"name": name})
        details, session_id = {"name": [person.name, name]}, session.id
        _note(tx, AuditRecord(person.id, "rename_person", person.id, now, details, session_id))


def change_phone(tx: WriteTx, session: Session, phone: str, now: datetime) -> None:
    """Change one's own number, E.164, without a proof: where no message can be sent.

    From then on the old number means nothing: a recovery code works with the new one only.
    """
    person_id = session.person.id
    if phone == session.person.phone:
        return
    people.change_person(tx, person_id, {"phone": phone})
    store.end_proof(tx, person_id)
    _note(tx, AuditRecord(person_id, "change_own_phone", person_id, now, {}, session.id))


def ask_for_proof(tx: WriteTx, session: Session, phone: str, hashed: bytes, now: datetime) -> None:
    """Store the hash of a code that is about to be sent to a new number.

    Raises Refusal(phone=…): phone_is_yours, and what `refuse_send` raises.
    """
    person_id = session.person.id
    if phone == session.person.phone:
        raise Refusal(phone="phone_is_yours")
    known = store.find_proof(tx, person_id)
    first_at, sends = now, 0
    if known is not None:
        refuse_send(known.first_at, known.sent_at, known.sends, now)
        if now < known.first_at + COUNTED_FOR:
            first_at, sends = known.first_at, known.sends
    store.delete_old(tx, now - COUNTED_FOR)
    row = {
        "person_id": person_id,
        "phone": phone,
        "code_hash": hashed,
        "tries": 0,
        "sent_at": now,
        "expires_at": now + CODE_HOLDS,
        "first_at": first_at,
        "sends": sends + 1,
    }
    store.put_proof(tx, row)


def prove_phone(
    tx: WriteTx, session: Session, code: str, secret: bytes, now: datetime
) -> Refusal | None:
    """Change one's own number to the one whose code this is; once.

    A refusal is returned, so that the try counts: phone_code_wrong, or code_spent after five wrong
    ones or ten minutes.
    """
    person_id = session.person.id
    proof = store.find_proof(tx, person_id)
    if proof is None or proof.code_hash is None or proof.expires_at <= now:
        return Refusal(code="code_spent")
    if not compare_digest(proof.code_hash, code_hash(secret, person_id, proof.phone, code)):
        store.count_try(tx, person_id, MOST_TRIES)
        if proof.tries + 1 >= MOST_TRIES:
            return Refusal(code="code_spent")
        return Refusal(code="phone_code_wrong")
    change_phone(tx, session, proof.phone, now)
    return None


def give_up_proof(tx: WriteTx, session: Session) -> None:
    """Forget the number that was to be proved."""
    store.end_proof(tx, session.person.id)


def _note(tx: WriteTx, record: AuditRecord) -> None:
    """Note it for each shop of the person, and for the person alone."""
    for shop in memberships.shops_of(tx, record.person_id):
        note_in_control(tx, replace(record, shop_id=shop.id))
    note_in_control(tx, record)
