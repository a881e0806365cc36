"""One encrypted SQLite file: one connection, one thread, one hop a unit of work.

A unit is a plain synchronous function `fn(tx, *args)` on a SQLAlchemy Core connection. It runs
whole inside the aiosqlite connection's own thread, which is also the file's only writer.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DatabaseError

P = ParamSpec("P")
T = TypeVar("T")
Unit = Callable[Concatenate[Connection, P], T]

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "cache_size=-2000",
    "temp_store=MEMORY",
    "secure_delete=ON",
)
_FULL = ("database or disk is full",)
_DAMAGED = ("file is not a database", "malformed", "disk I/O error", "file is encrypted")


class StorageFull(Exception):
    """The disk has no room for the write. Nothing of it was kept."""


class FileDamaged(Exception):
    """The file cannot be read: wrong key, flipped bits, or a failing disk."""


class EncryptedFile:
    """An open SQLCipher file. `open` it, `read` and `write` it, `close` it."""

    def __init__(self, connection: aiosqlite.Connection, engine: Engine) -> None:
        self._connection = connection
        self._run: Any = connection._execute  # rests on aiosqlite < 0.23
        self._reader = engine
        self._writer = engine.execution_options(daftari_begin="BEGIN IMMEDIATE")

    @classmethod
    async def open(cls, path: Path, key: bytes) -> "EncryptedFile":
        """Open `path` (made when missing) with a raw 256-bit `key`. Raises `FileDamaged`."""
        connection = aiosqlite.Connection(lambda: _connect(path, key), 64)
        try:
            await connection
        except sqlcipher.DatabaseError as error:
            await asyncio.to_thread(connection._thread.join)
            raise _named(error) from None
        return cls(connection, _engine_on(connection._conn))

    async def read(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` on one consistent picture of the file."""
        result: T = await self._run(_unit, self._reader, fn, args, kwargs)
        return result

    async def write(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` as one durable transaction: all of it when this returns, or nothing."""
        result: T = await self._run(_unit, self._writer, fn, args, kwargs)
        return result

    async def raw(self, fn: Callable[[Any], T]) -> T:
        """Run `fn(driver connection)` outside any transaction: PRAGMA, VACUUM, backup."""
        result: T = await self._run(fn, self._connection._conn)
        return result

    async def close(self) -> None:
        """Finish what waits, fold the WAL into the file, end the thread."""
        await self._connection.close()


def _unit(engine: Engine, fn: Any, args: Any, kwargs: Any) -> Any:
    try:
        with engine.begin() as tx:
            return fn(tx, *args, **kwargs)
    except DatabaseError as error:
        raise _named(error) from error


def _named(error: Exception) -> Exception:
    text = str(error)
    if any(sign in text for sign in _FULL):
        return StorageFull()
    if any(sign in text for sign in _DAMAGED):
        return FileDamaged()
    return error


def _connect(path: Path, key: bytes) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _engine_on(connection: Any) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connection,
        poolclass=StaticPool,
        pool_reset_on_return=None,
        hide_parameters=True,
        skip_autocommit_rollback=False,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(tx: Connection) -> None:
    tx.exec_driver_sql(tx.get_execution_options().get("daftari_begin", "BEGIN"))
