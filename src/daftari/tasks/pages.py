"""The page of long work: what runs, how far it is, and what can be downloaded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Reason
from daftari.tasks.rules import LongTask, TaskKind
from daftari.tasks.store import find_tasks

LISTED: Final = 20
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task. `who`: who asked for it; `href`: of its own address, without what is done there;
    `mebibytes`: the size of its file, at least one; `has_file`: whether that can be downloaded.
    """

    task: LongTask
    who: str
    href: str
    has_file: bool
    reason: Reason | None
    mebibytes: int


@dataclass(frozen=True, slots=True)
class TasksPage:
    """The tasks of a shop, newest first. `next_id`: the id of a new one; `is_polling`: something
    waits or runs, so that the page asks again by itself.
    """

    home: str
    rows: tuple[TaskRow, ...]
    next_id: str
    is_polling: bool
    is_exporting: bool


def tasks_page(tx: ReadTx, member: Member, names: dict[str, str], at: datetime) -> TasksPage:
    """The page of a member. `names`: of the shop's people, by id."""
    found = find_tasks(tx, member.shop.id, LISTED)
    home = member.shop.home
    rows = tuple(_row(task, names.get(task.person_id, ""), home, at) for task in found)
    is_exporting = any(task.is_open and task.kind is TaskKind.EXPORT_SHOP for task in found)
    is_polling = any(task.is_open for task in found)
    return TasksPage(home, rows, new_id(), is_polling, is_exporting)


def _row(task: LongTask, who: str, home: str, at: datetime) -> TaskRow:
    mebibytes = max(1, round((task.file_bytes or 0) / _MEBIBYTE))
    reason = Reason(task.reason) if task.reason else None
    href = f"{home}/more/tasks/{task.id}"
    return TaskRow(task, who, href, task.has_file(at), reason, mebibytes)
