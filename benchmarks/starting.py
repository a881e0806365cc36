"""How long until the server is ready, with one shop on disk and with ten thousand.

The quickest of several starts counts: whatever else the machine does only adds to it.
"""

import asyncio
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.books import settings_for
from benchmarks.servers import serving_daftari
from daftari.db.base import WriteTx
from daftari.db.databases import open_databases
from daftari.db.keys import MasterKey
from daftari.db.storage import Storage
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person
from daftari.identity.rules.commands import NewShop
from daftari.kernel.ids import new_id

STARTS = 5
MANY = 10_000


def time_starts() -> tuple[float, float]:
    """Seconds from the start of the process to 200 at /readyz: with 1 shop, with 10,000."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        shop_id, key = asyncio.run(_open_one(data))
        one = _starts(data)
        asyncio.run(_open_more(data, shop_id, key))
        return one, _starts(data)


def _starts(data: Path) -> float:
    return min(_start(data) for _ in range(STARTS))


def _start(data: Path) -> float:
    with serving_daftari(data) as server:
        return server.ready_after


async def _open_one(data: Path) -> tuple[str, bytes]:
    async with open_databases(settings_for(data)) as databases:
        new = _shop()
        wrapped = await databases.shops.create(new.id)
        await databases.control.write(open_shop, new, wrapped, datetime.now(UTC))
    return new.id, MasterKey.at(data / "master.key").unwrap(wrapped, new.id)


async def _open_more(data: Path, shop_id: str, key: bytes) -> None:
    """Every shop has its own file, a copy of the first under the same key, and its own rows."""
    storage, master = Storage(data, 0), MasterKey.at(data / "master.key")
    shops = [_shop() for _ in range(MANY - 1)]
    async with open_databases(settings_for(data)) as databases:
        rows = [(new, master.wrap(key, new.id)) for new in shops]
        await databases.control.write(_register, rows)
    for new in shops:
        place = storage.shop(new.id)
        os.makedirs(place.parent, exist_ok=True)
        shutil.copyfile(storage.shop(shop_id), place)


def _register(tx: WriteTx, rows: list[tuple[NewShop, bytes]]) -> None:
    for new, wrapped in rows:
        open_shop(tx, new, wrapped, datetime.now(UTC))


def _shop() -> NewShop:
    owner = Person(new_id(), "أم سليم", "+966500009999", "ar")
    return NewShop(new_id(), "بقالة النور", "SA", owner)
