"""SQL of requests for approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update

from daftari.approvals.rules import Approval, ApprovalState
from daftari.approvals.tables import approvals
from daftari.db.base import Moment, ReadTx, WriteTx, insert_new
from daftari.db.prepared import prepared

WAITING: Final = str(ApprovalState.WAITING)
_PHOTO = (approvals.c.photo, approvals.c.photo_digest)
_COLUMNS = tuple(one for one in approvals.c if one.name not in ("photo", "photo_digest"))
_APPROVALS = select(*_COLUMNS)
_now = bindparam("now", type_=Moment())
_waits = (approvals.c.state == WAITING, approvals.c.expires_at > _now)
_OPEN = prepared(_APPROVALS.where(*_waits).order_by(approvals.c.asked_at, approvals.c.id))
_OPEN_OF_CUSTOMER = prepared(
    _APPROVALS.where(approvals.c.customer_id == bindparam("customer_id"), *_waits).order_by(
        approvals.c.asked_at.desc(), approvals.c.id.desc()
    )
)
_COUNTED = prepared(
    select(approvals.c.needs, approvals.c.branch_id, func.count())
    .where(*_waits, approvals.c.asked_by != bindparam("person_id"))
    .group_by(approvals.c.needs, approvals.c.branch_id)
)
_NEXT_EXPIRY = prepared(
    select(approvals.c.expires_at)
    .where(approvals.c.state == WAITING)
    .order_by(approvals.c.expires_at)
    .limit(1)
)


def insert_approval(tx: WriteTx, values: Mapping[str, Any]) -> bool:
    return insert_new(tx, approvals, values)


def find_approval(tx: ReadTx, approval_id: str) -> Approval | None:
    row = tx.execute(_APPROVALS.where(approvals.c.id == approval_id)).one_or_none()
    return None if row is None else _approval(row)


def settle(
    tx: WriteTx, approval_id: str, at: datetime, state: str, by: str | None, words: str
) -> bool:
    """Answer a request that waits. False when it does not wait any more."""
    answered = (
        update(approvals)
        .where(approvals.c.id == approval_id, approvals.c.state == WAITING)
        .values(state=state, answered_by=by, answered_at=at, words=words)
    )
    return tx.execute(answered).rowcount == 1


def find_open(tx: ReadTx, at: datetime) -> list[Approval]:
    """All that wait, the oldest first."""
    return [_approval(row) for row in tx.execute(_OPEN, {"now": at})]


def find_open_of_customer(tx: ReadTx, customer_id: str, at: datetime) -> list[Approval]:
    rows = tx.execute(_OPEN_OF_CUSTOMER, {"customer_id": customer_id, "now": at})
    return [_approval(row) for row in rows]


def find_asked_by(tx: ReadTx, person_id: str, limit: int) -> list[Approval]:
    """What a person asked for, newest first."""
    return _newest(tx, approvals.c.asked_by == person_id, limit)


def find_answered(tx: ReadTx, but: str, limit: int) -> list[Approval]:
    """What others than `but` asked for and does not wait any more, newest first."""
    return _newest(tx, (approvals.c.state != WAITING) & (approvals.c.asked_by != but), limit)


def count_open(
    tx: ReadTx, person_id: str, at: datetime
) -> list[tuple[frozenset[str], str | None, int]]:
    """How many wait that others asked for, by what their answer needs, and by branch."""
    rows = tx.execute(_COUNTED, {"person_id": person_id, "now": at})
    return [(frozenset(needs.split()), branch_id, count) for needs, branch_id, count in rows]


def find_next_expiry(tx: ReadTx) -> datetime | None:
    found: datetime | None = tx.scalar(_NEXT_EXPIRY)
    return found


def find_expired(tx: ReadTx, at: datetime) -> list[Approval]:
    """Those that still stand as waiting although their time is over."""
    over = approvals.c.state == WAITING, approvals.c.expires_at <= at
    return [_approval(row) for row in tx.execute(_APPROVALS.where(*over))]


def put_photo(tx: WriteTx, approval_id: str, content: bytes | None, digest: bytes | None) -> None:
    changed = update(approvals).where(approvals.c.id == approval_id)
    tx.execute(changed.values(photo=content, photo_digest=digest))


def find_photo(tx: ReadTx, approval_id: str) -> tuple[bytes | None, bytes | None]:
    """The photo that came with a request and the digest of its bytes as sent; None without one."""
    content, digest = tx.execute(select(*_PHOTO).where(approvals.c.id == approval_id)).one()
    return content, digest


def _newest(tx: ReadTx, which: ColumnElement[bool], limit: int) -> list[Approval]:
    found: Select[Any] = _APPROVALS.where(which)
    found = found.order_by(approvals.c.asked_at.desc(), approvals.c.id.desc()).limit(limit)
    return [_approval(row) for row in tx.execute(found)]


def _approval(row: Any) -> Approval:
    values = row._asdict()
    needs = frozenset(values.pop("needs").split())
    return Approval(**values | {"needs": needs, "state": ApprovalState(values["state"])})
