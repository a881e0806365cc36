"""The pool of open shop files: each is opened once, and closed when it is idle for long."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import TypeVar

from daftari.db.connection import EncryptedFile, FileDamaged

T = TypeVar("T")


class Pool:
    """A pool that keeps at most `capacity` files open, and twice as many while all are busy.

    A lease starts when a file is requested, so a file that a task waits for is not closed. Files
    are closed in the background; a request for the same file waits until it is closed.
    """

    def __init__(self, capacity: int, opened: Callable[[str], Awaitable[EncryptedFile]]) -> None:
        self._capacity = capacity
        self._slots = asyncio.Semaphore(2 * capacity)
        self._opened = opened
        self._leases: Counter[str] = Counter()
        self._open: OrderedDict[str, EncryptedFile] = OrderedDict()
        self._opening: dict[str, asyncio.Task[None]] = {}
        self._closing: dict[str, asyncio.Task[None]] = {}

    async def run(self, shop_id: str, unit: Callable[[EncryptedFile], Awaitable[T]]) -> T:
        """Run `unit(file)` on the shop's file. Closes the file when it raises `FileDamaged`."""
        self._leases[shop_id] += 1
        try:
            file = await self._find(shop_id)
            return await self._watch(shop_id, file, unit)
        finally:
            self._leases[shop_id] -= 1
            if not self._leases[shop_id]:
                del self._leases[shop_id]
            self._close_excess()

    async def close(self) -> None:
        """Close all files, also those that are being opened."""
        while self._open or self._opening or self._closing:
            for shop_id, file in list(self._open.items()):
                self._close_in_background(shop_id, file)
            await asyncio.wait([*self._opening.values(), *self._closing.values()])

    async def _watch(
        self, shop_id: str, file: EncryptedFile, unit: Callable[[EncryptedFile], Awaitable[T]]
    ) -> T:
        try:
            return await unit(file)
        except FileDamaged:
            self._close_in_background(shop_id, file)
            if shop_id in self._closing:
                await asyncio.wait([self._closing[shop_id]])
            raise

    async def _find(self, shop_id: str) -> EncryptedFile:
        while (file := self._open.get(shop_id)) is None or not file.is_in_place():
            if file is not None:
                self._close_in_background(shop_id, file)
            await self._open_once(shop_id)
        self._open.move_to_end(shop_id)
        return file

    async def _open_once(self, shop_id: str) -> None:
        task = self._opening.get(shop_id)
        if task is None:
            task = asyncio.create_task(self._open_file(shop_id))
            self._opening[shop_id] = task
            task.add_done_callback(lambda _: self._opening.pop(shop_id))
        await asyncio.shield(task)

    async def _open_file(self, shop_id: str) -> None:
        if shop_id in self._closing:
            await asyncio.wait([self._closing[shop_id]])
        await self._slots.acquire()
        try:
            self._open[shop_id] = await self._opened(shop_id)
        except BaseException:
            self._slots.release()
            raise
        self._close_excess()

    def _close_excess(self) -> None:
        idle = (item for item in self._open.items() if item[0] not in self._leases)
        for shop_id, file in list(islice(idle, max(0, len(self._open) - self._capacity))):
            self._close_in_background(shop_id, file)

    def _close_in_background(self, shop_id: str, file: EncryptedFile) -> None:
        if self._open.get(shop_id) is file:
            del self._open[shop_id]
            self._closing[shop_id] = asyncio.create_task(self._close(shop_id, file))

    async def _close(self, shop_id: str, file: EncryptedFile) -> None:
        try:
            await file.close()
        finally:
            del self._closing[shop_id]
            self._slots.release()
