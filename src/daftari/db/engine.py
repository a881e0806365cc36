"""SQLAlchemy on a driver connection that is already open.

All files speak one dialect and share what it has compiled, so that a statement is compiled once
for the installation and not once for every shop that is opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, StaticPool, create_engine
from sqlalchemy.util import LRUCache

from daftari.db.base import WriteTx

_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
_MODEL = create_engine("sqlite://", module=sqlcipher, hide_parameters=True)


def engine_on(driver: Any) -> Engine:
    """An engine whose only connection is `driver`.

    It begins no transaction by itself: `begin` does. What a failed COMMIT leaves open is rolled
    back when the connection is given back.
    """
    pool = StaticPool(lambda: driver, dialect=_MODEL.dialect, reset_on_return="rollback")
    return Engine(
        pool,
        _MODEL.dialect,
        _MODEL.url,
        hide_parameters=True,
        execution_options={"compiled_cache": _COMPILED},
    )


@contextmanager
def begin(engine: Engine, words: str) -> Iterator[Connection]:
    """A transaction that starts with `words`, BEGIN or BEGIN IMMEDIATE.

    An event listener would do, but with one there every statement looks for listeners, which makes
    an entry a tenth dearer.
    """
    with engine.begin() as tx:
        tx.exec_driver_sql(words)
        yield tx


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
