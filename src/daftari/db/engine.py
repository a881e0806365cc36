"""SQLAlchemy on a driver connection that is already open.

All files speak one dialect and share what it has compiled, so that a statement is compiled once
for the installation and not once for every shop that is opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, StaticPool, create_engine
from sqlalchemy.util import LRUCache

from daftari.db.base import ReadTx, WriteTx

_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
_MODEL = create_engine("sqlite://", module=sqlcipher, hide_parameters=True)


class WriteInRead(Exception):
    """A unit that was to read only has written. Nothing of it was kept."""


def engine_on(driver: Any) -> Engine:
    """An engine whose only connection is `driver`.

    It begins no transaction by itself: `begin_read` and `begin_write` do. What a failed COMMIT
    leaves open is rolled back when the connection is given back.
    """
    pool = StaticPool(lambda: driver, dialect=_MODEL.dialect, reset_on_return="rollback")
    return Engine(
        pool,
        _MODEL.dialect,
        _MODEL.url,
        hide_parameters=True,
        execution_options={"compiled_cache": _COMPILED},
    )


# An event listener could say BEGIN, but with one there every statement looks for listeners, which
# makes an entry a tenth dearer.


@contextmanager
def begin_write(engine: Engine) -> Iterator[WriteTx]:
    """A transaction that holds the write lock from its start, and is committed."""
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield WriteTx(ReadTx(connection))


@contextmanager
def begin_read(engine: Engine) -> Iterator[ReadTx]:
    """A transaction that is rolled back. Raises `WriteInRead` when rows were changed in it.

    `PRAGMA query_only` would refuse the write at once. But each time it is set, SQLite prepares all
    statements of the connection anew, which makes an entry and the page after it a fifth dearer.
    """
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN")
        driver: Any = connection.connection.driver_connection
        changes = driver.total_changes
        yield ReadTx(connection)
        if driver.total_changes != changes:
            raise WriteInRead


@contextmanager
def attempt(tx: WriteTx) -> Iterator[None]:
    """A part of a transaction, of which nothing is left when it raises. Not one inside another.

    SQLAlchemy's own `begin_nested` makes an entry a fifth dearer.
    """
    driver: Any = tx.connection.driver_connection
    driver.execute("SAVEPOINT attempt")
    try:
        yield
    except BaseException:
        if driver.in_transaction:  # a full disk has rolled back everything already
            driver.execute("ROLLBACK TO attempt")
            driver.execute("RELEASE attempt")
        raise
    driver.execute("RELEASE attempt")
