"""A second connection to a file, which tells at once whether anybody has written into it.

The connection that works has a thread of its own, and asking there costs a hop. This one is asked
from any thread, without waiting for what is queued at the other.
"""

import asyncio
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import sqlcipher3.dbapi2 as sqlcipher

from daftari.db.connection import FileBusy, ReadUnit, translated
from daftari.db.driver import connect
from daftari.db.engine import begin_read, engine_on

P = ParamSpec("P")
T = TypeVar("T")


class Watch:
    """A reading connection beside the one that works."""

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._engine = engine_on(driver)
        self._lock = Lock()

    @classmethod
    async def open(cls, path: Path, key: bytes) -> "Watch":
        """Open an existing file, of any thread's use."""
        return cls(await asyncio.to_thread(connect, path, key, any_thread=True))

    def version(self) -> int | None:
        """A number that changes with every commit of another connection, in any process.

        None while it cannot be told, since the file is just being recovered.
        """
        with self._lock:
            try:
                version: int = self._driver.execute("PRAGMA data_version").fetchone()[0]
            except sqlcipher.DatabaseError as error:
                if isinstance(translated(error), FileBusy):
                    return None
                raise translated(error) from error
        return version

    def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` in a read transaction, here and now: for a unit of another file, which
        must not wait for a thread. It is to be short.
        """
        with self._lock, begin_read(self._engine) as tx:
            return fn(tx, *args, **kwargs)

    def close(self) -> None:
        with self._lock:
            self._driver.close()
