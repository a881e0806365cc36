"""One encrypted SQLite file with one connection in one thread.

A unit of work is a plain synchronous function `fn(tx, *args)` on a SQLAlchemy Core connection. The
whole unit runs inside the aiosqlite connection's own thread, which is also the file's only writer.
"""

import asyncio
import os
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError

from daftari.db.base import ReadTx, WriteTx
from daftari.db.driver import connect
from daftari.db.engine import begin_migration, begin_read, begin_write, engine_on

P = ParamSpec("P")
T = TypeVar("T")
ReadUnit = Callable[Concatenate[ReadTx, P], T]
WriteUnit = Callable[Concatenate[WriteTx, P], T]

_CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
BUSY_WITHIN = 5.0
"""Seconds to wait for a write lock that another process holds."""

_BUSY_STEP = 0.05
_DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_UNREADABLE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


class StorageFull(Exception):
    """The disk has no room for the write; nothing of it was stored."""


class FileBusy(Exception):
    """Another process held the file's write lock for too long; the unit of work did not begin."""


class FileDamaged(Exception):
    """The file cannot be read: wrong key or flipped bits."""


class FileUnreadable(FileDamaged):
    """The file could not be opened or read because of an I/O error that may be temporary."""


class EncryptedFile:
    """An open SQLCipher file with its single connection."""

    def __init__(self, path: Path, inode: int, connection: aiosqlite.Connection) -> None:
        self._path = str(path)
        self._inode = inode
        self._connection = connection
        self._run: Any = connection._execute  # rests on aiosqlite < 0.23
        self._engine = engine_on(connection._conn)

    @classmethod
    async def open(cls, path: Path, key: bytes, *, made: bool = True) -> "EncryptedFile":
        """Open `path` with a raw 256-bit `key`.

        A missing file is created (mode 0600), unless `made` is false. Raises `FileDamaged`.
        """
        inode = _inode(path, made)
        connection = aiosqlite.Connection(lambda: connect(path, key), 64)
        try:
            await connection
        except sqlcipher.DatabaseError as error:
            await asyncio.to_thread(connection._thread.join)
            raise translated(error) from None
        return cls(path, inode, connection)

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` in a read transaction: one consistent snapshot of the file.

        Raises `WriteInRead` when `fn` has written; nothing of it is kept.
        """
        result: T = await self._run(lambda: _unit(begin_read(self._engine), fn, args, kwargs))
        return result

    async def write(self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` in a write transaction that is durable when this method returns.

        Raises `FileBusy` after `BUSY_WITHIN` seconds behind another process. The wait for its lock
        is outside the thread of the connection, which reads meanwhile.
        """
        return await self._when_free(lambda: self.write_at_once(fn, *args, **kwargs))

    async def write_at_once(self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As `write`, but raises `FileBusy` without waiting while another process writes."""
        result: T = await self._run(lambda: _unit(begin_write(self._engine), fn, args, kwargs))
        return result

    async def migrate(self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As `write`, but foreign keys are not enforced, and are checked before the commit.

        Raises `ForeignKeysBroken`; nothing of the migration is kept then.
        """

        async def at_once() -> T:
            transaction = begin_migration(self._engine)
            result: T = await self._run(lambda: _unit(transaction, fn, args, kwargs))
            return result

        return await self._when_free(at_once)

    async def raw(self, fn: Callable[[Any], T]) -> T:
        """Run `fn(driver connection)` outside any transaction: PRAGMA, VACUUM, backup."""
        result: T = await self._run(lambda: _raw(self._connection._conn, fn))
        return result

    async def _when_free(self, unit: Callable[[], Awaitable[T]]) -> T:
        """Run the unit again while another process writes, for at most `BUSY_WITHIN` seconds."""
        deadline = time.monotonic() + BUSY_WITHIN
        while True:
            try:
                return await unit()
            except FileBusy:
                if time.monotonic() >= deadline:
                    raise
                await asyncio.sleep(_BUSY_STEP)

    async def checkpoint(self) -> None:
        """Checkpoint the WAL into the main file, and raise when that fails.

        Closing does the same, but reports no error when the disk is full.
        """
        await self.raw(lambda driver: driver.execute(_CHECKPOINT).fetchall())

    def is_in_place(self) -> bool:
        """Whether the path still names the opened file; False when it was replaced or deleted."""
        try:
            return os.stat(self._path).st_ino == self._inode
        except FileNotFoundError:
            return False

    async def close(self) -> None:
        """Close the connection after its queued units of work, and end its thread.

        SQLite leaves the WAL of a file that was replaced, and the new file would use it as its own;
        so that WAL is checkpointed explicitly.
        """
        try:
            if not self.is_in_place():
                await self.checkpoint()
        finally:
            await self._connection.close()


# aiosqlite logs the functions it runs, at DEBUG, with their arguments: names and amounts. The
# lambdas above have no arguments to log.


def _unit(transaction: AbstractContextManager[Any], fn: Any, args: Any, kwargs: Any) -> Any:
    try:
        with transaction as tx:
            return fn(tx, *args, **kwargs)
    except (DatabaseError, sqlcipher.DatabaseError) as error:
        raise translated(error) from error


def _raw(driver: Any, fn: Callable[[Any], T]) -> T:
    try:
        return fn(driver)
    except sqlcipher.DatabaseError as error:
        raise translated(error) from error


def translated(error: Exception) -> Exception:
    """The error of ours for an error of the driver or of SQLAlchemy; the same one where there is
    none.
    """
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return StorageFull()
    if code == sqlite3.SQLITE_BUSY:
        return FileBusy()
    if code in _DAMAGED:
        return FileDamaged()
    if code in _UNREADABLE:
        return FileUnreadable()
    return error


def _inode(path: Path, made: bool) -> int:
    if made:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    try:
        return os.stat(path).st_ino
    except FileNotFoundError:
        raise FileUnreadable(path) from None
