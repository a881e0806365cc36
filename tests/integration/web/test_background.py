"""Work beside the requests goes on whatever happens, and ends with the program."""

import asyncio
import json
from io import BytesIO

from daftari.web.background import running
from daftari.web.logs import configure_logs
from tests.integration.web.conftest import SECRET


async def test_a_job_that_fails_is_logged_without_its_words_and_begins_anew():
    began = 0
    again = asyncio.Event()

    async def job() -> None:
        nonlocal began
        began += 1
        if began == 1:
            raise ValueError(SECRET)
        again.set()
        await asyncio.sleep(60)

    stream = BytesIO()
    configure_logs(stream)
    async with running(job, breath=0):
        await asyncio.wait_for(again.wait(), 30)
    configure_logs()
    (line,) = [json.loads(text) for text in stream.getvalue().splitlines()]
    assert (line["event"], line["error"]) == ("job failure", "builtins.ValueError")
    assert not any(word in stream.getvalue().decode() for word in SECRET.split())


async def test_a_job_may_finish_what_it_does_at_the_end():
    done = []

    async def job() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            done.append("last copy")

    async with running(job):
        await asyncio.sleep(0)
    assert done == ["last copy"]


async def test_a_job_whose_last_deed_fails_does_not_keep_the_program():
    async def job() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            raise OSError

    async def program() -> None:
        async with running(job):
            await asyncio.sleep(0)

    ended, _ = await asyncio.wait({asyncio.create_task(program())}, timeout=30)
    assert ended
