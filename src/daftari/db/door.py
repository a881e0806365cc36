"""The only way to a shop's book.

`await shops.read(shop_id, fn, *args)` and `await shops.write(shop_id, fn, *args)`: nothing else
knows where a shop lives. A bounded pool keeps the shops in use open; a lease keeps a busy shop from
being put away; putting away happens in the background.
"""

import asyncio
import os
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from daftari.db import birth, migrate
from daftari.db.connection import EncryptedFile, FileDamaged, StorageFull, Unit
from daftari.db.control import Control
from daftari.db.keys import MasterKey, find_wrapped_key
from daftari.db.migrate import Family
from daftari.db.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


class ShopUnknown(Exception):
    """No shop has this id, or its key was destroyed."""


class ShopDamaged(Exception):
    """The shop's file is missing or cannot be read. All other shops go on."""


class ShopAhead(Exception):
    """The shop's file was written by a newer Daftari."""


@dataclass(slots=True)
class _OpenShop:
    file: EncryptedFile
    leases: int = 0


class Shops:
    """Every shop of the installation, each behind its own key."""

    def __init__(
        self, control: Control, master: MasterKey, storage: Storage, open_shops: int
    ) -> None:
        self._control = control
        self._master = master
        self._storage = storage
        self._capacity = open_shops
        self._open: OrderedDict[str, _OpenShop] = OrderedDict()
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._closing: dict[str, asyncio.Task[None]] = {}
        self._damaged: dict[str, int] = {}

    async def create(self, shop_id: str) -> bytes:
        """Make an empty book; its wrapped key is to be kept in the control file."""
        self._storage.refuse_when_low()
        key = os.urandom(32)
        template_key = self._master.derived("template")
        await birth.make_shop(self._storage, shop_id, key, template_key)
        return self._master.wrap(key, shop_id)

    async def read(self, shop_id: str, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` on one consistent picture of the shop's book.

        Raises `ShopUnknown`, `ShopDamaged`, `ShopAhead`, and whatever `fn` raises.
        """
        async with self._lease(shop_id) as file:
            return await file.read(fn, *args, **kwargs)

    async def write(self, shop_id: str, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` as one durable transaction.

        Raises what `read` raises, and `StorageFull` before the disk has no room left.
        """
        self._storage.refuse_when_low()
        async with self._lease(shop_id) as file:
            return await file.write(fn, *args, **kwargs)

    async def check_file(self, shop_id: str) -> list[str]:
        """What SQLCipher and SQLite find wrong with the file itself; empty when sound."""
        async with self._lease(shop_id) as file:
            return await file.raw(birth.integrity)

    async def close(self) -> None:
        """Put every shop away."""
        for shop_id in list(self._open):
            self._put_away(shop_id)
        await asyncio.gather(*self._closing.values(), return_exceptions=True)

    @asynccontextmanager
    async def _lease(self, shop_id: str) -> AsyncIterator[EncryptedFile]:
        shop = await self._find(shop_id)
        shop.leases += 1
        try:
            yield shop.file
        except FileDamaged as error:
            self._set_aside(shop_id)
            raise ShopDamaged(shop_id) from error
        finally:
            shop.leases -= 1
            self._make_room()

    async def _find(self, shop_id: str) -> _OpenShop:
        while (shop := self._open.get(shop_id)) is None:
            await self._open_once(shop_id)
        self._open.move_to_end(shop_id)
        return shop

    async def _open_once(self, shop_id: str) -> None:
        task = self._opening.get(shop_id)
        if task is None:
            task = asyncio.create_task(self._bring_in(shop_id))
            self._opening[shop_id] = task
            task.add_done_callback(lambda _: self._opening.pop(shop_id, None))
        await asyncio.shield(task)

    async def _bring_in(self, shop_id: str) -> None:
        if shop_id in self._closing:
            await asyncio.wait([self._closing[shop_id]])
        file = await self._opened(shop_id)
        try:
            await _bring_up(file, shop_id)
        except BaseException:
            await file.close()
            raise
        self._open[shop_id] = _OpenShop(file)

    async def _opened(self, shop_id: str) -> EncryptedFile:
        wrapped = await self._control.read(find_wrapped_key, shop_id)
        if wrapped is None:
            raise ShopUnknown(shop_id)
        path = self._storage.shop(shop_id)
        if not path.exists() or self._damaged.get(shop_id) == path.stat().st_ino:
            raise ShopDamaged(shop_id)
        key = self._master.unwrap(wrapped, shop_id)
        try:
            return await self._open_with_room(shop_id, key)
        except FileDamaged as error:
            raise ShopDamaged(shop_id) from error

    async def _open_with_room(self, shop_id: str, key: bytes) -> EncryptedFile:
        try:
            return await EncryptedFile.open(self._storage.shop(shop_id), key)
        except StorageFull:
            if not self._storage.drop_ballast():
                raise
            return await EncryptedFile.open(self._storage.shop(shop_id), key)

    def _set_aside(self, shop_id: str) -> None:
        path = self._storage.shop(shop_id)
        self._damaged[shop_id] = path.stat().st_ino if path.exists() else 0
        self._put_away(shop_id)

    def _make_room(self) -> None:
        idle = (shop_id for shop_id, shop in self._open.items() if shop.leases == 0)
        surplus = len(self._open) - self._capacity
        for shop_id in [shop_id for shop_id, _ in zip(idle, range(surplus), strict=False)]:
            self._put_away(shop_id)

    def _put_away(self, shop_id: str) -> None:
        shop = self._open.pop(shop_id, None)
        if shop is None:
            return
        task = asyncio.create_task(shop.file.close())
        self._closing[shop_id] = task
        task.add_done_callback(lambda _: self._closing.pop(shop_id, None))


async def _bring_up(file: EncryptedFile, shop_id: str) -> None:
    stands_at = await file.raw(migrate.version)
    if stands_at > migrate.head(Family.SHOP):
        raise ShopAhead(shop_id)
    if stands_at < migrate.head(Family.SHOP):
        await file.write(migrate.upgrade, Family.SHOP)
