"""The runner of tasks: claims one after the other, watches over its work, and settles its end.

A task is claimed with a lease that the runner renews. When the process is killed the lease runs
out, and the next runner begins the task again from the start: its file has a name only when it is
whole.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from daftari.db.connection import FileBusy, StorageFull
from daftari.db.databases import Databases
from daftari.db.shops import ShopAhead, ShopDamaged, ShopUnknown
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Reason, Refusal
from daftari.tasks import store
from daftari.tasks.actions import note_end
from daftari.tasks.rules import (
    KEPT_FOR,
    LEASE,
    LISTED_FOR,
    MOST_ATTEMPTS,
    LongTask,
    TaskKind,
    TaskProgress,
    TaskState,
)
from daftari.web.logs import log_job_failure

SECONDS_BETWEEN_LOOKS: Final = 1.0
SECONDS_BETWEEN_BEATS: Final = 2.0
LOOKS_BETWEEN_SWEEPS: Final = 60
_SHOP_ERRORS: Final = (ShopDamaged, ShopUnknown, ShopAhead)

Work = Callable[[Databases, LongTask, TaskProgress], Awaitable[int]]
"""The work of a kind of task. It puts the task's sealed file in place, and returns the size of what
is in it. It may be cancelled at any point. Raises `Refusal` where it cannot be done.
"""


@dataclass(slots=True)
class TaskRunner:
    """The loop over the tasks of all shops, one at a time: each has a process of its own to do."""

    databases: Databases
    clock: Clock
    works: Mapping[TaskKind, Work]

    async def run(self) -> None:
        """Look for tasks until cancelled; a task that is running then begins again later."""
        for number in count():
            with suppress(StorageFull, FileBusy):
                if number % LOOKS_BETWEEN_SWEEPS == 0:
                    await self.sweep()
                if await self.run_next():
                    continue
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    async def run_once(self) -> int:
        """Run all tasks that wait. Returns their number."""
        await self.sweep()
        ran = 0
        while await self.run_next():
            ran += 1
        return ran

    async def run_next(self) -> bool:
        """Run the task that waits longest. Returns False when none waits."""
        control, now = self.databases.control, self.clock.now()
        if not await control.read(store.is_any_free, now):
            return False
        task = await control.write(store.claim, now)
        if task is None:
            return False
        await self._run(task)
        await self._tell()
        return True

    async def sweep(self) -> None:
        """Delete the files whose time is over, and tell of ends that a crash left untold."""
        control, now = self.databases.control, self.clock.now()
        for task in await control.read(store.find_expired, now):
            self._path(task).unlink(missing_ok=True)
            await control.write(store.mark_expired, task.id)
        await asyncio.to_thread(self.databases.storage.remove_sealed, KEPT_FOR)
        await control.write(store.delete_ended, now - LISTED_FOR)
        await self._tell()

    async def _run(self, task: LongTask) -> None:
        if task.attempts > MOST_ATTEMPTS:
            await self._fail(task, Reason("task_cut_off"))
            return
        progress = TaskProgress()
        work = asyncio.ensure_future(self.works[task.kind](self.databases, task, progress))
        try:
            if not await self._watch(task, work, progress):
                return
            await self._settle(task, work.result())
        except Refusal as refused:
            await self._fail(task, next(iter(refused.reasons.values())))
        except StorageFull:
            await self._fail(task, Reason("task_no_room"))
        except _SHOP_ERRORS:
            await self._fail(task, Reason("task_shop_unreadable"))
        except asyncio.CancelledError:
            await self._change(task, state=TaskState.WAITING, attempts=task.attempts - 1)
            raise
        except Exception as error:  # an error in one task does not stop the others
            log_job_failure(error)
            await self._fail(task, Reason("task_broke"))
        finally:
            await _end(work)

    async def _watch(
        self, task: LongTask, work: "asyncio.Future[int]", progress: TaskProgress
    ) -> bool:
        """Renew the lease until the work has ended. Returns False when the task is not ours."""
        while True:
            ended, _ = await asyncio.wait([work], timeout=SECONDS_BETWEEN_BEATS)
            if ended:
                return True
            with suppress(FileBusy):
                steps = {"done": progress.done, "total": progress.total}
                if not await self._change(task, lease_until=self.clock.now() + LEASE, **steps):
                    return False

    async def _settle(self, task: LongTask, file_bytes: int) -> None:
        now = self.clock.now()
        file = {"file_bytes": file_bytes, "expires_at": now + KEPT_FOR}
        if not await self._change(task, state=TaskState.DONE, ended_at=now, **file):
            self._path(task).unlink(missing_ok=True)

    async def _fail(self, task: LongTask, reason: Reason) -> None:
        ended = {"state": TaskState.FAILED, "ended_at": self.clock.now()}
        await self._change(task, reason=reason.name, **ended)

    async def _change(self, task: LongTask, **changes: Any) -> bool:
        if "state" in changes:
            changes["lease_until"] = None
        return await self.databases.control.write(store.change_claimed, task, changes)

    async def _tell(self) -> None:
        control = self.databases.control
        for task in await control.read(store.find_untold):
            now = self.clock.now()
            with suppress(*_SHOP_ERRORS):
                await self.databases.shops.write(task.shop_id, note_end, task, now)
            await control.write(store.mark_told, task.id, now)

    def _path(self, task: LongTask) -> Any:
        return self.databases.storage.sealed(task.shop_id, task.id)


async def _end(work: "asyncio.Future[int]") -> None:
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
