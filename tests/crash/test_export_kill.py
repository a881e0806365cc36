"""kill -9 in the middle of an export: the next worker begins it again, and it ends whole."""

import asyncio
import os
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from daftari.db.databases import Databases, open_databases
from daftari.db.sealed_files import sealed_chunks
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Member, Person, Role, Shop
from daftari.identity.rules.commands import NewShop
from daftari.identity.store.people import find_shop
from daftari.kernel.clock import Clock
from daftari.kernel.ids import new_id
from daftari.settings import Settings
from daftari.tasks.actions import ask_task
from daftari.tasks.rules import LongTask, TaskKind, TaskState
from daftari.tasks.rules.commands import AskTask
from daftari.tasks.store import find_task, find_tasks
from tests import programs

PATIENCE = 300.0
OWNER = Person(new_id(), "أم سليم", "+966500000001", "ar")


def test_an_export_that_was_killed_is_made_whole_by_the_next_worker(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path / "data", master_key_file=tmp_path / "data" / "master.key", reserve_bytes=0
    )
    shop_id, task_id = asyncio.run(_asked(settings))
    environment = os.environ | {"DAFTARI_DATA": str(settings.data), "DAFTARI_RESERVE_MIB": "0"}
    killed = programs.begin(["worker"], environment, tmp_path / "killed.log")
    _wait(lambda: any(_unborn(settings.data)))  # its child is writing
    killed.kill()
    killed.join()
    assert asyncio.run(_task(settings, shop_id, task_id)).state is TaskState.RUNNING
    assert not list((settings.data / "files").rglob("*.sealed"))
    following = programs.begin(["worker"], environment, tmp_path / "following.log")
    try:
        _wait(lambda: asyncio.run(_task(settings, shop_id, task_id)).state is TaskState.DONE)
    finally:
        following.terminate()
        following.join(60)
    task, names = asyncio.run(_result(settings, shop_id, task_id))
    assert task.attempts == 2
    assert {"book.html", "data/entries.jsonl", "manifest.json"} <= set(names)


def _unborn(data: Path) -> list[Path]:
    folder = data / "unborn"
    return list(folder.glob("*.db")) if folder.exists() else []


def _wait(is_so) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.01)


async def _asked(settings: Settings) -> tuple[str, str]:
    """A shop whose owner asks for an export; the ids of both."""
    now, shop = Clock().now(), NewShop(new_id(), "بقالة النور", "SA", OWNER)
    command = AskTask(new_id(), TaskKind.EXPORT_SHOP)
    async with open_databases(settings) as databases:
        wrapped = await databases.shops.create(shop.id)
        await databases.control.write(open_shop, shop, wrapped, now)
        member = Member(OWNER, await _shop(databases, shop.id), Role.OWNER)
        await databases.control.write(ask_task, member, now, command)
    return shop.id, command.id


async def _shop(databases: Databases, shop_id: str) -> Shop:
    found = await databases.control.read(find_shop, shop_id)
    assert found is not None
    return found


async def _task(settings: Settings, shop_id: str, task_id: str) -> LongTask:
    async with open_databases(settings) as databases:
        found = await databases.control.read(find_task, task_id, shop_id)
    assert found is not None
    return found


async def _result(settings: Settings, shop_id: str, task_id: str) -> tuple[LongTask, list[str]]:
    """The only task of the shop, and the names in its file, every one of which can be read."""
    async with open_databases(settings) as databases:
        (task,) = await databases.control.read(find_tasks, shop_id, 10)
        file = await databases.shops.sealed_file(shop_id, task_id)
    archive = ZipFile(BytesIO(b"".join(sealed_chunks(file.path, file.key))))
    assert archive.testzip() is None
    return task, archive.namelist()
