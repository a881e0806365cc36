"""The SQL of the sign-in list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, update

from daftari.db.base import ReadTx, Rows, WriteTx
from daftari.identity.tables import signins


def insert_signin(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(signins), row)


def count_again(
    tx: WriteTx, person_id: str, kind: str, since: datetime, device: str, at: datetime
) -> bool:
    """Count one more of a kind in the row that began after `since`. Returns False without one."""
    c = signins.c
    same = c.person_id == person_id, c.kind == kind, c.first_at > since
    again = update(signins).where(*same)
    return tx.execute(again.values(times=c.times + 1, at=at, device=device)).rowcount > 0


def delete_signins_before(tx: WriteTx, person_id: str, before: datetime) -> None:
    tx.execute(delete(signins).where(signins.c.person_id == person_id, signins.c.at < before))


def signin_rows(
    tx: ReadTx, person_id: str, limit: int, before: tuple[datetime, str] | None = None
) -> Rows:
    """The rows of a person, newest first; `before`: those after the row with this time and id."""
    c = signins.c
    mine = select(signins).where(c.person_id == person_id)
    if before is not None:
        at, row_id = before
        mine = mine.where(or_(c.at < at, and_(c.at == at, c.id < row_id)))
    return tx.execute(mine.order_by(c.at.desc(), c.id.desc()).limit(limit)).all()


def find_signin(tx: ReadTx, signin_id: str, person_id: str) -> Any:
    """A row of a person's list; None when it is missing or somebody else's."""
    mine = signins.c.id == signin_id, signins.c.person_id == person_id
    return tx.execute(select(signins).where(*mine)).one_or_none()


def unanswered(tx: ReadTx, person_id: str, session_id: str) -> set[str]:
    """The sign-ins of a person on new phones without an answer, but the one of this session."""
    c = signins.c
    mine = c.person_id == person_id, c.is_new_phone, c.answered_at.is_(None)
    return set(tx.scalars(select(c.id).where(*mine, c.session_id != session_id)))


def answer_signin(
    tx: WriteTx, signin_id: str, person_id: str, answer: str, session_id: str, now: datetime
) -> bool:
    """Answer a sign-in on a new phone, once. Returns False where it was answered before."""
    c = signins.c
    open_ = c.id == signin_id, c.person_id == person_id, c.is_new_phone, c.answered_at.is_(None)
    values = {"answer": answer, "answered_at": now, "answered_by": session_id}
    return tx.execute(update(signins).where(*open_), values).rowcount == 1
