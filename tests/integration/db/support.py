"""A small installation on disk: a control file, a storage, a door."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, text

from daftari.db.base import ReadTx, WriteTx
from daftari.db.connection import EncryptedFile
from daftari.db.control import Control
from daftari.db.keys import MasterKey, shop_keys
from daftari.db.shops import Shops
from daftari.db.storage import Storage
from daftari.db.watch import Watch
from daftari.kernel.ids import new_id


@dataclass
class Installation:
    """What a started program holds in its hands."""

    data: Path
    master: MasterKey
    control: Control
    storage: Storage
    shops: Shops

    @classmethod
    async def start(
        cls, data: Path, *, open_shops: int = 8, reserve_bytes: int = 0
    ) -> "Installation":
        data.mkdir(parents=True, exist_ok=True)
        master = MasterKey.at(data / "master.key")
        place, key = data / "control.db", master.derived("control")
        file = await EncryptedFile.open(place, key)
        await file.write(lambda tx: shop_keys.create(tx, checkfirst=True))
        control = Control(file, await Watch.open(place, key))
        storage = Storage(data, reserve_bytes)
        return cls(data, master, control, storage, Shops(control, master, storage, open_shops))

    async def new_shop(self) -> str:
        """A shop with an empty table of lines."""
        shop_id = new_id()
        await self.control.write(keep_key, shop_id, await self.shops.create(shop_id))
        await self.shops.write(shop_id, rule_lines)
        return shop_id

    def file(self, shop_id: str) -> Path:
        return self.storage.shop(shop_id)

    async def stop(self) -> None:
        await self.shops.close()
        await self.control.close()


def keep_key(tx: WriteTx, shop_id: str, wrapped: bytes) -> None:
    row = {"shop_id": shop_id, "wrapped_key": wrapped, "created_at": datetime.now(UTC)}
    tx.execute(insert(shop_keys), row)


def rule_lines(tx: WriteTx) -> None:
    tx.execute(text("CREATE TABLE lines (id TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID"))


def write_line(tx: WriteTx, line_id: str, words: str = "") -> None:
    tx.execute(text("INSERT INTO lines VALUES (:id, :words)"), {"id": line_id, "words": words})


def lines(tx: ReadTx) -> Sequence[str]:
    return tx.scalars(text("SELECT id FROM lines ORDER BY id")).all()


def open_handles(folder: Path) -> list[str]:
    """The files below `folder` that this process holds open."""
    held = []
    for handle in Path("/proc/self/fd").iterdir():
        try:
            held.append(os.readlink(handle))
        except FileNotFoundError:
            continue
    return [name for name in held if name.startswith(str(folder))]
