"""Access to the shops' database files: the only module that opens them.

Use `await shops.read(shop_id, fn, *args)` and `await shops.write(shop_id, fn, *args)`; no other
module knows the file or the key of a shop.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
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
from daftari.db.keys import MasterKey, derived_key, find_wrapped_key
from daftari.db.migrate import Family
from daftari.db.pool import Pool
from daftari.db.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


class ShopUnknown(Exception):
    """No shop has this id, or its key was destroyed."""


class ShopDamaged(Exception):
    """The shop's file is missing or cannot be read. Other shops are not affected."""


class ShopAhead(Exception):
    """The shop's file was written by a newer Daftari."""


class ShopBehind(Exception):
    """The shop's file has an older schema, and may not be migrated now."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyedFile:
    """Where an encrypted file lies, and its key."""

    path: Path
    key: bytes


class Shops:
    """Read and write access to the database file of every shop, each with its own key."""

    def __init__(
        self,
        control: Control,
        master: MasterKey,
        storage: Storage,
        open_shops: int,
        *,
        migrates: bool = True,
    ) -> None:
        """`migrates`: a file of an older schema is migrated when it is opened, else refused."""
        self._check_schema = migrate.bring_up if migrates else migrate.refuse_other_schema
        self._control = control
        self._master = master
        self._storage = storage
        self._pool = Pool(open_shops, self._opened)
        self._first_revision: dict[str, int] = {}
        self._damaged: dict[str, tuple[int, ...]] = {}
        self._written: set[str] = set()
        self._unread: dict[str, set[str]] = {}

    async def create(self, shop_id: str) -> bytes:
        """Create an empty database file for a shop; returns its wrapped key.

        The caller stores that key in the control file: without it the file cannot be read. Raises
        `StorageFull`.
        """
        self._storage.refuse_when_low(provision.BYTES_NEEDED)
        key = os.urandom(32)
        template_key = self._master.derived("template")
        await provision.make_shop(self._storage, shop_id, key, template_key)
        return self._master.wrap(key, shop_id)

    async def read(
        self, shop_id: str, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(tx, …)` in a read transaction on the shop's file: one consistent snapshot.

        Raises `ShopUnknown`, `ShopDamaged`, `ShopAhead`, `StorageFull` where the disk is too full
        to open the file, and whatever `fn` raises.
        """
        return await self._run(shop_id, lambda file: file.read(fn, *args, **kwargs))

    async def write(
        self, shop_id: str, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(tx, …)` in one durable write transaction on the shop's file.

        Raises what `read` raises, and `StorageFull` while the reserve of free disk is not met.
        """
        self._storage.refuse_when_low()
        try:
            return await self._run(shop_id, lambda file: file.write(fn, *args, **kwargs))
        finally:
            self._mark_written(shop_id)

    def pop_written(self, reader: str) -> set[str]:
        """The ids of the shops that may have been written since this `reader`'s last call.

        Each reader has its own list; its first call returns every shop since the process started.
        A write that failed or was cancelled counts. So does a shop that is opened for the first
        time: a process that crashed may have written it and not taken the list.
        """
        unread = self._unread.get(reader, self._written)
        self._unread[reader] = set()
        return set(unread)

    def put_back_written(self, reader: str, shop_ids: set[str]) -> None:
        """Return ids of shops to `reader`'s list, because it could not handle them yet."""
        self._unread.setdefault(reader, set(self._written)).update(shop_ids)

    async def check_file(self, shop_id: str) -> list[str]:
        """The integrity errors of the shop's file; empty for an intact file."""
        return await self._run(shop_id, lambda file: file.raw(health.integrity))

    async def migrate(self, shop_id: str) -> tuple[int, int]:
        """Open the shop's file, which migrates it.

        Returns the revision before this process first opened it, and the revision now.
        """
        now = await self._run(shop_id, lambda file: file.raw(migrate.version))
        return self._first_revision.get(shop_id, now), now

    async def file_of(self, shop_id: str) -> KeyedFile:
        """The shop's file, of the newest schema, for a child process that reads a copy.

        Raises what `read` raises.
        """
        await self.read(shop_id, lambda _: None)
        return KeyedFile(self._storage.shop(shop_id), await self._key(shop_id))

    async def sealed_file(self, shop_id: str, name: str) -> KeyedFile:
        """A sealed file of the shop (`db/sealed_files.py`), which need not be there.

        Its key follows from the shop's own, and is gone with that. Raises `ShopUnknown`.
        """
        key = derived_key(await self._key(shop_id), f"file {name}")
        return KeyedFile(self._storage.sealed(shop_id, name), key)

    async def close(self) -> None:
        """Close every open file."""
        await self._pool.close()

    def _mark_written(self, shop_id: str) -> None:
        self._written.add(shop_id)
        for unread in self._unread.values():
            unread.add(shop_id)

    async def _run(self, shop_id: str, unit: Callable[[EncryptedFile], Awaitable[T]]) -> T:
        try:
            return await self._pool.run(shop_id, unit)
        except FileUnreadable as error:
            raise StorageFull if self._storage.is_low() else ShopDamaged(shop_id) from error
        except FileDamaged as error:
            self._damaged[shop_id] = _fingerprint(self._storage.shop(shop_id))
            raise ShopDamaged(shop_id) from error

    async def _opened(self, shop_id: str) -> EncryptedFile:
        key = await self._key(shop_id)
        path = self._storage.shop(shop_id)
        if self._damaged.get(shop_id) == _fingerprint(path):
            raise ShopDamaged(shop_id)
        file = await self._storage.open(path, key, made=False)
        try:
            revision = await self._revision(file, shop_id)
        except BaseException:
            await file.close()
            raise
        if shop_id not in self._first_revision:
            self._mark_written(shop_id)
        self._first_revision[shop_id] = revision
        return file

    async def _key(self, shop_id: str) -> bytes:
        wrapped = await self._control.read(find_wrapped_key, shop_id)
        if wrapped is None:
            raise ShopUnknown(shop_id)
        return self._master.unwrap(wrapped, shop_id)

    async def _revision(self, file: EncryptedFile, shop_id: str) -> int:
        """The revision the file had before it was migrated."""
        try:
            if not await file.raw(migrate.version):
                raise FileDamaged  # emptied: a shop's file is created with its schema
            return await self._check_schema(file, Family.SHOP)
        except migrate.Ahead:
            raise ShopAhead(shop_id) from None
        except migrate.Behind:
            raise ShopBehind(shop_id) from None


def _fingerprint(path: Path) -> tuple[int, ...]:
    """Inode, modification time and size: they change when the file is replaced or repaired."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return ()
    return status.st_ino, status.st_mtime_ns, status.st_size
