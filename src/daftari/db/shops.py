"""The only way to a shop's book.

`await shops.read(shop_id, fn, *args)` and `await shops.write(shop_id, fn, *args)`: nothing else
knows where a shop lives.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from daftari.db import health, migrate, provision
from daftari.db.connection import (
    EncryptedFile,
    FileDamaged,
    FileUnreadable,
    ReadUnit,
    StorageFull,
    WriteUnit,
)
from daftari.db.control import Control
from daftari.db.keys import MasterKey, find_wrapped_key
from daftari.db.migrate import Family
from daftari.db.pool import Pool
from daftari.db.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


class ShopUnknown(Exception):
    """No shop has this id, or its key was destroyed."""


class ShopDamaged(Exception):
    """The shop's file is missing or cannot be read. All other shops go on."""


class ShopAhead(Exception):
    """The shop's file was written by a newer Daftari."""


class Shops:
    """Every shop of the installation, each behind its own key."""

    def __init__(
        self, control: Control, master: MasterKey, storage: Storage, open_shops: int
    ) -> None:
        self._control = control
        self._master = master
        self._storage = storage
        self._pool = Pool(open_shops, self._opened)
        self._stood_at: dict[str, int] = {}
        self._damaged: dict[str, tuple[int, ...]] = {}
        self._written: set[str] = set()
        self._unread: dict[str, set[str]] = {}

    async def create(self, shop_id: str) -> bytes:
        """Make an empty book; its wrapped key is to be kept in the control file.

        Raises `StorageFull`. Until the key is kept there is no shop, only a file nobody can read.
        """
        self._storage.refuse_when_low(provision.BYTES_NEEDED)
        key = os.urandom(32)
        template_key = self._master.derived("template")
        await provision.make_shop(self._storage, shop_id, key, template_key)
        return self._master.wrap(key, shop_id)

    async def read(
        self, shop_id: str, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(tx, …)` on one consistent picture of the shop's book.

        Raises `ShopUnknown`, `ShopDamaged`, `ShopAhead`, `StorageFull` where the disk is too full
        to open the file, and whatever `fn` raises.
        """
        return await self._run(shop_id, lambda file: file.read(fn, *args, **kwargs))

    async def write(
        self, shop_id: str, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(tx, …)` as one durable transaction.

        Raises what `read` raises, and `StorageFull` before the disk has no room left.
        """
        self._storage.refuse_when_low()
        try:
            return await self._run(shop_id, lambda file: file.write(fn, *args, **kwargs))
        finally:
            self._tell_written(shop_id)

    def take_written(self, reader: str) -> set[str]:
        """Which shops may have been written since `reader` last asked, by what was cut short too.

        Each reader is told of every shop; one that asks for the first time, of all since the
        program began. A shop opened for the first time counts: what wrote it last may not have
        lived to ask.
        """
        unread = self._unread.get(reader, self._written)
        self._unread[reader] = set()
        return set(unread)

    def give_back_written(self, reader: str, shop_ids: set[str]) -> None:
        """Tell of these again the next time: who asked could not do what he asked for."""
        self._unread.setdefault(reader, set(self._written)).update(shop_ids)

    async def check_file(self, shop_id: str) -> list[str]:
        """What SQLCipher and SQLite find wrong with the file itself; empty when sound."""
        return await self._run(shop_id, lambda file: file.raw(health.integrity))

    async def migrate(self, shop_id: str) -> tuple[int, int]:
        """Open the shop, which migrates it.

        The revision it stood at when this program opened it, and the one it stands at now.
        """
        now = await self._run(shop_id, lambda file: file.raw(migrate.version))
        return self._stood_at.get(shop_id, now), now

    async def close(self) -> None:
        """Put every shop away."""
        await self._pool.close()

    def _tell_written(self, shop_id: str) -> None:
        self._written.add(shop_id)
        for unread in self._unread.values():
            unread.add(shop_id)

    async def _run(self, shop_id: str, unit: Callable[[EncryptedFile], Awaitable[T]]) -> T:
        try:
            return await self._pool.run(shop_id, unit)
        except FileUnreadable as error:
            raise StorageFull if self._storage.is_low() else ShopDamaged(shop_id) from error
        except FileDamaged as error:
            self._damaged[shop_id] = _look(self._storage.shop(shop_id))
            raise ShopDamaged(shop_id) from error

    async def _opened(self, shop_id: str) -> EncryptedFile:
        wrapped = await self._control.read(find_wrapped_key, shop_id)
        if wrapped is None:
            raise ShopUnknown(shop_id)
        path = self._storage.shop(shop_id)
        if self._damaged.get(shop_id) == _look(path):
            raise ShopDamaged(shop_id)
        key = self._master.unwrap(wrapped, shop_id)
        file = await self._storage.open(path, key, made=False)
        if shop_id not in self._stood_at:
            self._tell_written(shop_id)
        try:
            self._stood_at[shop_id] = await _bring_up(file, shop_id)
        except BaseException:
            await file.close()
            raise
        return file


async def _bring_up(file: EncryptedFile, shop_id: str) -> int:
    try:
        if not await file.raw(migrate.version):
            raise FileDamaged  # emptied: a shop is never born without a schema
        return await migrate.bring_up(file, Family.SHOP)
    except migrate.Ahead:
        raise ShopAhead(shop_id) from None


def _look(path: Path) -> tuple[int, ...]:
    """Changes when the file is replaced or mended, also in its place."""
    try:
        seen = path.stat()
    except FileNotFoundError:
        return ()
    return seen.st_ino, seen.st_mtime_ns, seen.st_size
