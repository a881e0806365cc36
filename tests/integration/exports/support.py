"""An export from the first request to its bytes."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from litestar import Litestar

from daftari.db.databases import Databases
from daftari.exports.jobs.work import export_shop
from daftari.kernel.ids import new_id
from daftari.tasks.jobs.runner import TaskRunner, Work
from daftari.tasks.rules import LongTask, TaskKind
from daftari.tasks.store import find_tasks
from tests.integration.ledger.shop_client import ShopClient


def runner(app: Litestar, work: Work = export_shop) -> TaskRunner:
    """The runner of the worker, with the clock of the program."""
    state = app.state
    databases = Databases(state.control, state.shops, state.storage, state.derived)
    return TaskRunner(databases, state.clock, {TaskKind.EXPORT_SHOP: work})


async def tasks_of(app: Litestar, shop_client: ShopClient) -> list[LongTask]:
    shop_id = shop_client.home.split("/")[2]
    return await app.state.control.read(find_tasks, shop_id, 10)


async def asked(shop_client: ShopClient) -> str:
    """The id of an export that was asked for."""
    task = new_id()
    answer = await shop_client.post("/exports", id=task)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"{shop_client.home}/more/tasks"
    return task


async def exported(app: Litestar, shop_client: ShopClient) -> ZipFile:
    """The zip file of an export, made and downloaded."""
    task = await asked(shop_client)
    assert await runner(app).run_once() == 1
    answer = await shop_client.get(f"/more/tasks/{task}/file")
    assert answer.status_code == 200, answer.text
    assert len(answer.content) == int(answer.headers["content-length"])
    return ZipFile(BytesIO(answer.content))


def records(archive: ZipFile, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in archive.read(f"data/{name}.jsonl").splitlines()]


def manifest(archive: ZipFile) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(archive.read("manifest.json"))
    return found
