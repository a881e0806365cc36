"""The SQL of tasks: asked for, claimed with a lease, renewed, settled, and deleted."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, or_, select, update

from daftari.db.base import Moment, ReadTx, WriteTx, insert_new
from daftari.tasks.rules import LEASE, OPEN, LongTask, TaskKind, TaskState
from daftari.tasks.tables import tasks

_c = tasks.c
_NAMES = tuple(LongTask.__dataclass_fields__)
_columns = tuple(_c[name] for name in _NAMES)
_tasks = select(*_columns)
_now = bindparam("now", type_=Moment())
# A lease that ends later than a new one would: the clock was set back after the claim.
_free = or_(
    _c.state == TaskState.WAITING,
    and_(
        _c.state == TaskState.RUNNING,
        or_(_c.lease_until <= _now, _c.lease_until > bindparam("latest", type_=Moment())),
    ),
)
_ANY_FREE = select(exists().where(_free))
_next = select(_c.id).where(_free).order_by(_c.asked_at, _c.id).limit(1)
_CLAIM = (
    update(tasks)
    .where(_c.id.in_(_next))
    .values(
        state=TaskState.RUNNING,
        lease_until=bindparam("until", type_=Moment()),
        attempts=_c.attempts + 1,
        done=0,
        total=0,
    )
    .returning(*_columns)
)


def insert_task(tx: WriteTx, task: LongTask) -> bool:
    """Insert a task. Returns False when its id is known."""
    return insert_new(tx, tasks, {name: getattr(task, name) for name in _NAMES})


def find_task(tx: ReadTx, task_id: str, shop_id: str) -> LongTask | None:
    row = tx.execute(_tasks.where(_c.id == task_id, _c.shop_id == shop_id)).one_or_none()
    return None if row is None else _task(row)


def find_open(tx: ReadTx, shop_id: str, kind: TaskKind) -> LongTask | None:
    """The task of this kind that waits or runs in the shop."""
    mine = _c.shop_id == shop_id, _c.kind == kind, _c.state.in_(OPEN)
    row = tx.execute(_tasks.where(*mine).limit(1)).one_or_none()
    return None if row is None else _task(row)


def find_tasks(tx: ReadTx, shop_id: str, limit: int) -> list[LongTask]:
    """The tasks of a shop, newest first."""
    newest = _tasks.where(_c.shop_id == shop_id).order_by(_c.asked_at.desc(), _c.id.desc())
    return [_task(row) for row in tx.execute(newest.limit(limit))]


def is_any_free(tx: ReadTx, now: datetime) -> bool:
    return bool(tx.scalar(_ANY_FREE, {"now": now, "latest": now + LEASE}))


def claim(tx: WriteTx, now: datetime) -> LongTask | None:
    """Claim the task that waits longest, or whose worker is gone."""
    until = now + LEASE
    row = tx.execute(_CLAIM, {"now": now, "latest": until, "until": until}).one_or_none()
    return None if row is None else _task(row)


def change_claimed(tx: WriteTx, task: LongTask, changes: dict[str, Any]) -> bool:
    """Change a task of ours. Returns False when it was cancelled, or claimed again by another."""
    mine = _c.id == task.id, _c.attempts == task.attempts, _c.state == TaskState.RUNNING
    return tx.execute(update(tasks).where(*mine), changes).rowcount == 1


def cancel(tx: WriteTx, task_id: str, shop_id: str, now: datetime) -> bool:
    """Cancel a task that waits or runs. Returns False when it has ended."""
    is_open = _c.id == task_id, _c.shop_id == shop_id, _c.state.in_(OPEN)
    ended = {"state": TaskState.CANCELLED, "ended_at": now, "lease_until": None}
    return tx.execute(update(tasks).where(*is_open), ended).rowcount == 1


def find_untold(tx: ReadTx) -> list[LongTask]:
    """The tasks that came to an end by themselves, and are not among the alerts yet."""
    ended = _c.state.in_((TaskState.DONE, TaskState.FAILED))
    return [_task(row) for row in tx.execute(_tasks.where(ended, _c.told_at.is_(None)))]


def mark_told(tx: WriteTx, task_id: str, now: datetime) -> None:
    tx.execute(update(tasks).where(_c.id == task_id), {"told_at": now})


def find_expired(tx: ReadTx, now: datetime) -> list[LongTask]:
    """The tasks whose file is kept no longer."""
    over = _c.state == TaskState.DONE, _c.expires_at <= now
    return [_task(row) for row in tx.execute(_tasks.where(*over))]


def mark_expired(tx: WriteTx, task_id: str) -> None:
    tx.execute(update(tasks).where(_c.id == task_id), {"state": TaskState.EXPIRED})


def delete_ended(tx: WriteTx, before: datetime) -> None:
    """Delete the tasks that ended before a moment, but those whose file is still there."""
    tx.execute(delete(tasks).where(_c.ended_at < before, _c.state != TaskState.DONE))


def _task(row: Any) -> LongTask:
    values = dict(zip(_NAMES, row, strict=True))
    values["kind"], values["state"] = TaskKind(row.kind), TaskState(row.state)
    return LongTask(**values)
