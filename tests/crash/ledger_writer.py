"""A program to be killed: it writes what it is asked to, a request a line.

Eight requests are under way at a time, as in a busy shop; each that is kept is told with the
sequence of its line. The chain's heads are copied beside them.
"""

import asyncio
from pathlib import Path

from daftari.db.databases import Databases
from daftari.kernel.clock import Clock
from daftari.ledger.actions import record_entry
from daftari.ledger.jobs import copy_heads_forever
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind
from tests.book import UMM_SALIM
from tests.integration.ledger.support import open_installation


async def write(databases: Databases, shop_id: str, requests: list[str]) -> None:
    while requests:
        entry_id, customer_id, kind, minor = requests.pop().split()
        command = RecordEntry(entry_id, customer_id, Kind(kind), int(minor), "SAR", note="خبز")
        now = Clock().now()
        recorded = await databases.shops.write(shop_id, record_entry, UMM_SALIM, now, command)
        print(entry_id, recorded.answer, recorded.entry.sequence, flush=True)


async def main(data: Path, shop_id: str, asked: list[str]) -> None:
    requests = asked[::-1]
    async with open_installation(data) as installation:
        databases = installation.databases
        copying = copy_heads_forever(databases.shops, databases.control, Clock(), seconds=0.005)
        task = asyncio.create_task(copying)
        print("ready", flush=True)
        await asyncio.gather(*(write(databases, shop_id, requests) for _ in range(8)))
        task.cancel()


def live(data: Path, shop_id: str, asked: list[str]) -> None:
    asyncio.run(main(data, shop_id, asked))
