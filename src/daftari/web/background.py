"""Background tasks that run beside the requests until the program stops."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from daftari.web.logs import log_job_failure

_RESTART_DELAY = 30.0


@asynccontextmanager
async def running(
    job: Callable[[], Awaitable[None]], breath: float = _RESTART_DELAY
) -> AsyncIterator[None]:
    """Run `job()` as a background task; a failure is logged, and the job restarted after a delay.

    `breath`: seconds between a failure and the restart. On exit the task is cancelled and awaited.
    """
    task = asyncio.create_task(_restart_forever(job, breath))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _restart_forever(job: Callable[[], Awaitable[None]], delay: float) -> None:
    while True:
        try:
            await job()
        except Exception as error:
            log_job_failure(error)
        task = asyncio.current_task()
        if task and task.cancelling():  # an exception of the job replaced the CancelledError
            return
        await asyncio.sleep(delay)
