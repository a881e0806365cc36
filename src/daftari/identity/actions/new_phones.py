"""Actions on a sign-in on a new phone: its person says, from another phone, whose it was.

A fresh passkey is not asked for. To end what is a stranger's must take one tap; to confirm only
quiets an alert, and a phone that came in later than the one in question cannot do it.
"""

from datetime import datetime
from typing import Any, Final

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Session
from daftari.identity.rules.signins import PhoneAnswer, SignInKind
from daftari.identity.store import passkeys, people, recovery, sessions, tills
from daftari.identity.store import signins as store
from daftari.kernel.refusal import Missing, Refusal

DEVICES: Final = "/account#devices"
ADD_A_PASSKEY: Final = "/account/passkeys/new"


def asking_phones(tx: ReadTx, session: Session) -> set[str]:
    """The sign-ins on new phones of which the session's person has not said whose they were."""
    return store.unanswered(tx, session.person.id, session.id)


def answer_phone(
    tx: WriteTx, session: Session, signin_id: str, answer: PhoneAnswer, now: datetime
) -> str:
    """Say of a sign-in on a new phone whose it was, once. Returns the page that shows what is
    left after throwing it out, '' otherwise.

    Raises `Missing`, and Refusal(form=…): phone_is_this, phone_answered; to confirm it,
    phone_not_older.
    """
    row = _new_phone(tx, session, signin_id)
    if answer is PhoneAnswer.MINE and session.created_at >= row.at:
        raise Refusal(form="phone_not_older")
    if not store.answer_signin(tx, signin_id, session.person.id, answer, session.id, now):
        raise Refusal(form="phone_answered")
    note_in_control(tx, AuditRecord(session.person.id, f"new_phone_{answer}", signin_id, now))
    if answer is PhoneAnswer.MINE:
        return ""
    return DEVICES if _throw_out(tx, session, row, now) else ADD_A_PASSKEY


def _throw_out(tx: WriteTx, session: Session, row: Any, now: datetime) -> bool:
    """End the session, the passkeys, codes and pins that it made, and the sessions of these.

    Returns whether a passkey is left. Where none is, nobody could be asked for one: the session
    that threw the phone out counts as verified, so that it can make one.
    """
    person_id, made = session.person.id, _made_by(tx, session, row)
    for passkey_id in made.passkeys:
        passkeys.delete_passkey(tx, passkey_id, person_id)
    for session_id in made.sessions:
        sessions.end_session(tx, session_id, person_id, now)
    tills.delete_pins_of(tx, person_id, made.sessions, now)
    if recovery.delete_codes_of(tx, person_id, made.sessions):
        people.change_person(tx, person_id, {"codes_kept_at": None})
    if passkeys.passkeys_of(tx, person_id):
        return True
    sessions.change_session(tx, session.id, {"verified_at": now})
    return False


class _Made:
    """What came of a session: passkeys that it made, sessions that these began, and so on."""

    def __init__(self, session_id: str) -> None:
        self.sessions = {session_id}
        self.passkeys: set[str] = set()


def _made_by(tx: ReadTx, session: Session, row: Any) -> _Made:
    """All that came of a sign-in, but the session that asks and the passkey it was begun with."""
    made, person_id = _Made(row.session_id), session.person.id
    own = sessions.passkey_of_session(tx, session.id)
    its = sessions.passkey_of_session(tx, row.session_id)
    if its is not None and row.kind == SignInKind.PHONE_LINK:
        made.passkeys.add(its)
    known = -1
    while known < len(made.sessions):
        known = len(made.sessions)
        made.passkeys |= passkeys.passkeys_made_by(tx, person_id, made.sessions) - {own}
        begun = sessions.sessions_begun_with(tx, person_id, made.passkeys)
        made.sessions |= begun - {session.id}
    return made


def _new_phone(tx: ReadTx, session: Session, signin_id: str) -> Any:
    row = store.find_signin(tx, signin_id, session.person.id)
    if row is None or not row.is_new_phone:
        raise Missing(signin_id)
    if row.session_id == session.id:
        raise Refusal(form="phone_is_this")
    return row
