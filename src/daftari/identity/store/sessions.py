"""The SQL of sessions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, insert, or_, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.tables import devices, sessions


def insert_session(tx: WriteTx, row: Mapping[str, Any]) -> None:
    """Insert a session, and the name of its device for the audit logs."""
    tx.execute(insert(sessions), row)
    named = {"session_id": row["id"], "person_id": row["person_id"], "name": row["device"]}
    tx.execute(insert(devices), named)


def change_session(tx: WriteTx, session_id: str, changes: Mapping[str, Any]) -> None:
    tx.execute(update(sessions).where(sessions.c.id == session_id), changes)


def rename_device(tx: WriteTx, session_id: str, name: str) -> None:
    tx.execute(update(sessions).where(sessions.c.id == session_id), {"device": name})
    tx.execute(update(devices).where(devices.c.session_id == session_id), {"name": name})


_DEVICE_NAMES = select(devices.c.session_id, devices.c.name).where(
    devices.c.session_id.in_(bindparam("session_ids", expanding=True))
)


def find_device_names(tx: ReadTx, session_ids: Collection[str]) -> dict[str, str]:
    """The names of the devices of these sessions, also of those that have ended."""
    rows = tx.execute(_DEVICE_NAMES, {"session_ids": list(session_ids)}) if session_ids else ()
    return {row[0]: row[1] for row in rows}


def end_session(tx: WriteTx, session_id: str, person_id: str, now: datetime) -> bool:
    """End a session. Returns True when the person had it and it had not ended."""
    done = tx.execute(
        update(sessions).where(
            sessions.c.id == session_id,
            sessions.c.person_id == person_id,
            sessions.c.ended_at.is_(None),
        ),
        {"ended_at": now},
    )
    return done.rowcount == 1


def end_sessions_of_passkey(
    tx: WriteTx, person_id: str, passkey_id: str, kept: str, now: datetime
) -> None:
    """End the sessions that this passkey started, except the session `kept`."""
    its = update(sessions).where(
        sessions.c.person_id == person_id,
        sessions.c.passkey_id == passkey_id,
        sessions.c.id != kept,
        sessions.c.ended_at.is_(None),
    )
    tx.execute(its, {"ended_at": now})


def passkey_of_session(tx: ReadTx, session_id: str) -> str | None:
    """The passkey that started a session; None where none did."""
    passkey_id: str | None = tx.scalar(
        select(sessions.c.passkey_id).where(sessions.c.id == session_id)
    )
    return passkey_id


def sessions_begun_with(tx: ReadTx, person_id: str, passkey_ids: Collection[str]) -> set[str]:
    """The ids of a person's sessions that these passkeys started."""
    c = sessions.c
    begun = select(c.id).where(c.person_id == person_id, c.passkey_id.in_(passkey_ids))
    return set(tx.scalars(begun))


def device_of_session(tx: ReadTx, session_id: str, person_id: str) -> str | None:
    """The device of a person's session that has not ended; None when there is no such."""
    c = sessions.c
    mine = c.id == session_id, c.person_id == person_id, c.ended_at.is_(None)
    name: str | None = tx.scalar(select(c.device).where(*mine))
    return name


def delete_sessions_over(tx: WriteTx, person_id: str, before: datetime) -> None:
    """Delete sessions that ended or expired before a moment."""
    over = or_(sessions.c.ended_at < before, sessions.c.expires_at < before)
    tx.execute(delete(sessions).where(sessions.c.person_id == person_id, over))


def living_sessions(tx: ReadTx, person_id: str, now: datetime) -> Sequence[RowMapping]:
    """The valid sessions of a person, the last used first."""
    living = select(sessions).where(
        sessions.c.person_id == person_id,
        sessions.c.ended_at.is_(None),
        sessions.c.expires_at > now,
    )
    return tx.execute(living.order_by(sessions.c.last_seen_at.desc())).mappings().all()
