"""The background worker: a polling loop that runs the jobs of shops which are due.

A shop is visited when its wakeup is due, when it has never been visited, and shortly after a write,
which may have put messages into the outbox or made something due. A visit runs all jobs in order.
Each job returns when it wants to run again; the earliest time is the shop's next wakeup.

Several workers may run at once: wakeups and messages are claimed with a lease, and planning a
message twice makes one message. When a worker is killed, its leases run out, and the next worker to
start visits the shops whose files it had open.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Final

from daftari.approvals import jobs as approvals
from daftari.db.connection import FileBusy, StorageFull
from daftari.db.databases import Databases
from daftari.db.shops import ShopAhead, ShopDamaged, ShopUnknown
from daftari.delivery.jobs import Dispatcher
from daftari.delivery.jobs.access_reviews import tell_review
from daftari.exports.jobs.work import export_shop
from daftari.identity.actions import wakeups
from daftari.identity.actions.shops import get_shop
from daftari.identity.rules import Shop
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Missing
from daftari.reminders.actions.checks import CHECKS
from daftari.reminders.actions.settings import available_channels
from daftari.reminders.jobs import visit
from daftari.settings import Settings
from daftari.tasks.jobs.runner import TaskRunner
from daftari.tasks.rules import TaskKind
from daftari.web.background import running
from daftari.web.logs import log_job_failure

SECONDS_BETWEEN_LOOKS: Final = 2.0
SECONDS_FOR_MORE_HANDS: Final = 0.02
MOST_AT_ONCE: Final = 32
LOOKS_BETWEEN_SEARCHES: Final = 30
FULL_FOR: Final = timedelta(minutes=1)
SICK_FOR: Final = timedelta(hours=1)
SECONDS_TO_FINISH: Final = 12.0
READER: Final = "worker"
_SHOP_ERRORS: Final = (ShopDamaged, ShopUnknown, ShopAhead, Missing)

Job = Callable[[Shop, datetime], Awaitable[datetime | None]]
"""A job runs in a shop at a moment; it returns when to run again, or None for never."""


@dataclass(slots=True)
class Worker:
    """The polling loop over the shops. `jobs` run in this order; `tasks` run beside them."""

    databases: Databases
    clock: Clock
    jobs: Sequence[Job]
    tasks: TaskRunner | None = None
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _done: list[tuple[str, int | None, datetime | None]] = field(default_factory=list)

    async def run(self, seconds: float = SECONDS_BETWEEN_LOOKS) -> None:
        """Poll until cancelled; then finish running visits and schedule wakeups for the rest."""
        try:
            await self._recover_open_shops()
            async with AsyncExitStack() as beside:
                if self.tasks is not None:
                    await beside.enter_async_context(running(self.tasks.run))
                for round_number in count():
                    await self._wait(seconds)
                    await self._poll(is_search=round_number % LOOKS_BETWEEN_SEARCHES == 0)
        finally:
            await self._finish()

    async def run_once(self) -> int:
        """Run all jobs that are due now. Returns the number of shops visited."""
        visited: set[str] = set()
        if self.tasks is not None:
            await self.tasks.run_once()
        await self._recover_open_shops()
        await self.databases.control.write(wakeups.wake_unvisited, self.clock.now())
        while True:
            written = self.databases.shops.pop_written(READER)
            for shop_id in written:
                self._start(shop_id, None)
            due = await self._start_due()
            await self._settle_all()
            if not written and not due:
                return len(visited)
            visited |= written | due

    async def _recover_open_shops(self) -> None:
        """Mark shops as written whose files a killed process had open."""
        left = await asyncio.to_thread(self.databases.storage.left_open)
        self.databases.shops.put_back_written(READER, left)

    async def _poll(self, *, is_search: bool) -> None:
        """One round: visit written and due shops; with `is_search` also those never visited.

        When the disk is full, written shops are kept for the next round.
        """
        written = self.databases.shops.pop_written(READER)
        later = written & set(self._running)
        try:
            for shop_id in written - later:
                self._start(shop_id, None)
            if is_search:
                await self.databases.control.write(wakeups.wake_unvisited, self.clock.now())
            await self._start_due()
            await self._settle_done()
        except (StorageFull, FileBusy):
            later = written
        self.databases.shops.put_back_written(READER, later)

    async def _start_due(self) -> set[str]:
        """Claim due shops up to `MOST_AT_ONCE` running visits. Returns their ids."""
        now, control = self.clock.now(), self.databases.control
        free = MOST_AT_ONCE - len(self._running)
        if free <= 0 or not await control.read(wakeups.is_any_due, now):
            return set()
        claimed = await control.write(wakeups.claim_due, now, free)
        for shop_id, woken in claimed:
            self._start(shop_id, woken)
        return {shop_id for shop_id, _ in claimed}

    def _start(self, shop_id: str, woken: int | None) -> None:
        """Start a visit; it waits for a running visit of the same shop to end."""
        visit = self._visit(shop_id, woken, self._running.get(shop_id))
        task = self._running[shop_id] = asyncio.create_task(visit)
        task.add_done_callback(partial(self._end, shop_id))

    def _end(self, shop_id: str, task: asyncio.Task[None]) -> None:
        if self._running.get(shop_id) is task:
            del self._running[shop_id]

    async def _wait(self, seconds: float) -> None:
        """Wait for the next round; with the most visits running, until one has ended."""
        if len(self._running) < MOST_AT_ONCE:
            await asyncio.sleep(seconds)
        else:
            tasks = self._running.values()
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(SECONDS_FOR_MORE_HANDS)

    async def _visit(
        self, shop_id: str, woken: int | None, before: asyncio.Task[None] | None
    ) -> None:
        """Run all jobs in a shop. `woken`: the claim's counter; None for a visit after a write."""
        if before is not None:
            await asyncio.wait([before])
        now = self.clock.now()
        try:
            shop = await self.databases.control.read(get_shop, shop_id)
            wanted = [await job(shop, now) for job in self.jobs]
            again = min((at for at in wanted if at), default=None)
        except (StorageFull, FileBusy):
            again = now + FULL_FOR
        except _SHOP_ERRORS:
            again = now + SICK_FOR
        except Exception as error:  # an error in one shop does not stop the others
            log_job_failure(error)
            again = now + SICK_FOR
        self._done.append((shop_id, woken, again))

    async def _settle_done(self) -> None:
        """Store the next wakeups of finished visits; a visit that changes none costs no write."""
        done, self._done = self._done, []
        if not done:
            return
        control = self.databases.control
        try:
            if news := await control.read(wakeups.find_news, done):
                await control.write(wakeups.settle_visits, news)
        except (StorageFull, FileBusy):
            self._done += done
            raise

    async def _settle_all(self) -> None:
        while self._running:
            await asyncio.wait(self._running.values())
            await self._settle_done()
        await self._settle_done()

    async def _wake(self, shop_ids: set[str]) -> None:
        if shop_ids:
            await self.databases.control.write(wakeups.wake_all, shop_ids, self.clock.now())

    async def _finish(self) -> None:
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=SECONDS_TO_FINISH)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._settle_done()
            await self._wake(self.databases.shops.pop_written(READER))
        except (StorageFull, FileBusy):
            return  # the next start finds these shops by their write-ahead logs


@asynccontextmanager
async def open_worker(
    databases: Databases, settings: Settings, clock: Clock
) -> AsyncIterator[Worker]:
    """The worker with the jobs of all packages; closes the dispatcher at the end."""
    planning = partial(visit, available_channels(settings), databases)
    dispatcher = Dispatcher(databases, settings, clock, CHECKS)
    try:
        expiring = partial(approvals.visit, databases)
        reviewing = partial(tell_review, databases)
        jobs: list[Job] = [expiring, planning, reviewing, dispatcher.visit]
        tasks = TaskRunner(databases, clock, {TaskKind.EXPORT_SHOP: export_shop})
        yield Worker(databases, clock, jobs, tasks)
    finally:
        await dispatcher.close()
