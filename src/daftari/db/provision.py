"""Creation of a shop's file: a copy of an empty, migrated template, encrypted with a new key."""

import asyncio
import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from daftari.db import migrate
from daftari.db.connection import EncryptedFile, FileDamaged, StorageFull
from daftari.db.durable import put_in_place
from daftari.db.migrate import Family
from daftari.db.storage import Storage

BYTES_NEEDED = 1024 * 1024
"""Upper bound for a new shop: the template, the copy, and the copy's WAL."""


async def make_shop(storage: Storage, shop_id: str, key: bytes, template_key: bytes) -> None:
    """Create a shop's empty database with the newest schema, durably, encrypted with `key`.

    Raises `StorageFull`; no file is left behind then.
    """
    template = storage.template(migrate.head(Family.SHOP))
    with _unfinished(storage) as unfinished:
        if not template.exists():
            await _make_template(unfinished, template, template_key)
        try:
            await _copy(template, unfinished, template_key, key)
        except FileDamaged:
            template.unlink(missing_ok=True)  # the next call makes a new template
            raise
        await asyncio.to_thread(put_in_place, unfinished, storage.shop(shop_id))


async def _make_template(unfinished: Path, template: Path, template_key: bytes) -> None:
    file = await EncryptedFile.open(unfinished, template_key)
    try:
        await file.migrate(migrate.upgrade, Family.SHOP)
        await file.checkpoint()
    finally:
        await file.close()
    await asyncio.to_thread(put_in_place, unfinished, template)


async def _copy(template: Path, unfinished: Path, template_key: bytes, key: bytes) -> None:
    unfinished.touch(mode=0o600)
    await asyncio.to_thread(shutil.copyfile, template, unfinished)
    file = await EncryptedFile.open(unfinished, template_key)
    try:
        await file.raw(lambda driver: _change_key(driver, key))
        await file.checkpoint()
    finally:
        await file.close()
    await (await EncryptedFile.open(unfinished, key)).close()  # proves that the new key is in force


def _change_key(driver: Any, key: bytes) -> None:
    driver.execute("PRAGMA synchronous=OFF")  # the whole file is synced before it has a name
    driver.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"").fetchall()


@contextmanager
def _unfinished(storage: Storage) -> Iterator[Path]:
    """A temporary path for the unfinished file; the file is removed when creation fails."""
    unfinished = storage.unfinished()
    try:
        yield unfinished
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise StorageFull from error
    finally:
        for ending in ("", "-wal", "-shm"):
            unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
