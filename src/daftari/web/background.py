"""Work beside the requests, for as long as the program runs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from daftari.web.logs import log_job_failure

_BREATH = 30.0


@asynccontextmanager
async def running(
    job: Callable[[], Awaitable[None]], breath: float = _BREATH
) -> AsyncIterator[None]:
    """Keep `job()` going. One that fails goes to the log, and begins anew after `breath` seconds.

    At the end it is cancelled, and may finish what it does when cancelled.
    """
    task = asyncio.create_task(_again_and_again(job, breath))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _again_and_again(job: Callable[[], Awaitable[None]], breath: float) -> None:
    while True:
        try:
            await job()
        except Exception as error:
            log_job_failure(error)
        task = asyncio.current_task()
        if task and task.cancelling():  # a failure at the end takes the cancellation's place
            return
        await asyncio.sleep(breath)
