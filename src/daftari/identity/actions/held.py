"""Actions that hold a session and let it go: the counter, and the lock of a device."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import WriteTx
from daftari.identity.actions.passkeys import verify
from daftari.identity.rules import Session
from daftari.identity.rules.ceremonies import Ceremony
from daftari.identity.store.sessions import change_session
from daftari.kernel.refusal import Refusal


def begin_counter(
    tx: WriteTx, session: Session, shop_id: str, customer_id: str, now: datetime
) -> None:
    """Let a session show one account only, until its person shows the passkey."""
    changes = {"counter_shop_id": shop_id, "counter_customer_id": customer_id}
    change_session(tx, session.id, changes)
    note_in_control(tx, AuditRecord(session.person.id, "begin_counter", session.id, now))


def end_counter(
    tx: WriteTx, session: Session, credential: Mapping[str, Any], ceremony: Ceremony, now: datetime
) -> Refusal | None:
    """Let a session show everything again; returns what `verify` returns of a refusal."""
    if refusal := verify(tx, session, credential, ceremony, now):
        return refusal
    change_session(tx, session.id, {"counter_shop_id": None, "counter_customer_id": None})
    note_in_control(tx, AuditRecord(session.person.id, "end_counter", session.id, now))
    return None


def set_lock(tx: WriteTx, session: Session, minutes: int, now: datetime) -> None:
    """Set after how many minutes without a touch this device locks itself; 0 for never."""
    if minutes != session.lock_after:
        change_session(tx, session.id, {"lock_after": minutes})
        details = {"minutes": [session.lock_after, minutes]}
        note_in_control(tx, AuditRecord(session.person.id, "set_lock", session.id, now, details))
