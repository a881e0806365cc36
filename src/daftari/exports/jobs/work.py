"""The work of a task `export_shop`: what its child process is given, and its file's place."""

import asyncio

from daftari.db.databases import Databases
from daftari.db.durable import put_in_place
from daftari.exports.store import control_records, shop_record
from daftari.identity.actions.shops import get_shop
from daftari.kernel.clock import as_text
from daftari.tasks.actions.child import run_child
from daftari.tasks.rules import LongTask, TaskProgress

_CHILD = "daftari.exports.jobs.child"


async def export_shop(databases: Databases, task: LongTask, progress: TaskProgress) -> int:
    """Write the whole shop into the task's sealed file. Returns the size of the zip file in it.

    Raises `StorageFull` where the disk has no room for a copy of the shop's file and the export.
    """
    control, shops, storage = databases.control, databases.shops, databases.storage
    source = await shops.file_of(task.shop_id)
    target = await shops.sealed_file(task.shop_id, task.id)
    storage.refuse_when_low(2 * source.path.stat().st_size)
    shop = await control.read(get_shop, task.shop_id)
    copy, unfinished = storage.unfinished(), storage.unfinished()
    request = {
        "source": {"path": str(source.path), "key": source.key.hex()},
        "target": {"path": str(unfinished), "key": target.key.hex()},
        "copy": str(copy),
        "language": task.language,
        "shop_id": task.shop_id,
        "at": as_text(task.asked_at),
        "day": shop.day_of(task.asked_at).isoformat(),
        "shop": await control.read(shop_record, task.shop_id),
        "records": await control.read(control_records, task.shop_id),
    }
    try:
        length = int(await run_child(_CHILD, request, progress))
        await asyncio.to_thread(put_in_place, unfinished, target.path)
    finally:
        for left in (copy, unfinished):
            left.unlink(missing_ok=True)
    return length
