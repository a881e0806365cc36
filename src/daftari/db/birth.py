"""How a shop's file comes into the world: a copy of an empty, migrated template under a new key."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Any

from daftari.db import migrate
from daftari.db.connection import EncryptedFile
from daftari.db.migrate import Family
from daftari.db.storage import Storage


async def make_shop(storage: Storage, shop_id: str, key: bytes, template_key: bytes) -> None:
    """Leave an empty book of the newest schema at the shop's place, durable, under `key`."""
    template = storage.template(migrate.head(Family.SHOP))
    if not template.exists():
        await _make_template(template, template_key)
    place = storage.shop(shop_id)
    unborn = place.with_suffix(".new")
    await asyncio.to_thread(_copy, template, unborn)
    file = await EncryptedFile.open(unborn, template_key)
    await file.raw(lambda driver: driver.execute(f"PRAGMA rekey=\"x'{key.hex()}'\"").fetchall())
    await file.close()
    await asyncio.to_thread(_put_in_place, unborn, place)


def integrity(driver: Any) -> list[str]:
    """Complaints of `cipher_integrity_check` and `quick_check`, after folding the WAL in."""
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    sealed = [row[0] for row in driver.execute("PRAGMA cipher_integrity_check")]
    sound = [row[0] for row in driver.execute("PRAGMA quick_check")]
    return sealed + [complaint for complaint in sound if complaint != "ok"]


async def _make_template(template: Path, template_key: bytes) -> None:
    unborn = template.with_suffix(f".{os.getpid()}.new")
    unborn.unlink(missing_ok=True)
    file = await EncryptedFile.open(unborn, template_key)
    await file.write(migrate.upgrade, Family.SHOP)
    await file.close()
    await asyncio.to_thread(_put_in_place, unborn, template)


def _copy(template: Path, unborn: Path) -> None:
    unborn.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, unborn)


def _put_in_place(unborn: Path, place: Path) -> None:
    with unborn.open("rb") as file:
        os.fsync(file.fileno())
    unborn.replace(place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
