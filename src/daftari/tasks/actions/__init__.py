"""Actions on tasks: asked for by a member, cancelled; their end is told."""

from datetime import datetime

from daftari.activity.actions import AuditRecord, note_alert, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member
from daftari.kernel.ids import id_within
from daftari.kernel.refusal import Missing
from daftari.tasks import store
from daftari.tasks.rules import LongTask, TaskKind, TaskState
from daftari.tasks.rules.commands import AskTask


def find_same(tx: ReadTx, shop_id: str, command: AskTask) -> LongTask | None:
    """The task that a request leads to in place of a new one: the same, or one that is running."""
    known = store.find_task(tx, command.id, shop_id)
    return known or store.find_open(tx, shop_id, command.kind)


def get_task(tx: ReadTx, shop_id: str, task_id: str) -> LongTask:
    """A task of the shop. Raises `Missing`."""
    task = store.find_task(tx, task_id, shop_id)
    if task is None:
        raise Missing(task_id)
    return task


def newest_file(tx: ReadTx, shop_id: str, kind: TaskKind, at: datetime) -> LongTask | None:
    """The newest task of a kind whose file is still kept."""
    ended = store.find_tasks(tx, shop_id, 100)
    return next((one for one in ended if one.kind is kind and one.has_file(at)), None)


def ask_task(tx: WriteTx, member: Member, at: datetime, command: AskTask) -> None:
    """Begin long work in the background, unless the same is waiting or running."""
    if find_same(tx, member.shop.id, command):
        return
    person = member.person
    task = LongTask(command.id, member.shop.id, person.id, command.kind, person.language, at)
    if not store.insert_task(tx, task):
        raise Missing(command.id)  # the id is that of another shop's task


def cancel_task(tx: WriteTx, member: Member, at: datetime, task_id: str) -> None:
    """Cancel a task that waits or runs; one that has ended stays as it is. Raises `Missing`."""
    task = get_task(tx, member.shop.id, task_id)
    if store.cancel(tx, task.id, task.shop_id, at):
        by, session = member.person.id, member.session_id
        record = AuditRecord(by, "cancel_task", task.id, at, None, session, task.shop_id)
        note_in_control(tx, record)


def note_end(tx: WriteTx, task: LongTask, at: datetime) -> None:
    """Add the alert of a task's end for the person who asked for it, once."""
    is_done = task.state is TaskState.DONE
    kind = "task_done" if is_done else "task_failed"
    details = {"task": task.kind}
    only = {"person_id": task.person_id, "alert_id": id_within(task.id, "end")}
    note_alert(tx, at, kind, task.person_id, details, **only)
