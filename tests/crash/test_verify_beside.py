"""`daftari verify` beside a program that goes on writing."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from daftari.kernel.clock import Clock
from daftari.ledger.jobs import copy_heads
from daftari.ledger.rules.kinds import Kind
from tests.integration.ledger.support import Installation, open_installation


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as installation:
        yield installation


async def test_it_may_run_while_the_shop_is_written(installation):
    shop_id = await installation.new_shop()
    customer_id = await installation.customer(shop_id)
    going_on = True

    async def keep_writing():
        written = 0
        while going_on:
            await installation.entry(shop_id, customer_id, Kind.DEBT, 100)
            written += 1
            if written % 20 == 0:
                await copy_heads(
                    installation.databases.shops, installation.databases.control, Clock()
                )
        return written

    writing = asyncio.create_task(keep_writing())
    answers = [await verify(installation) for _ in range(2)]
    going_on = False
    assert await writing > 20
    assert [(code, "right" in lines[0]) for code, lines, _ in answers] == [(0, True)] * 2
    assert (await installation.proof(shop_id)).faults == ()


async def verify(installation: Installation) -> tuple[int, list[str], str]:
    """The operator's command in a process of its own: exit code, lines, summary."""
    settings = installation.settings
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import sys; from daftari.cli import main; sys.exit(main())",
        "verify",
        env=os.environ | {"DAFTARI_DATA": str(settings.data), "DAFTARI_RESERVE_MIB": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, summary = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode().splitlines(), summary.decode().strip()
