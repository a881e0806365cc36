"""SQLAlchemy engines on driver connections that are already open.

All engines share one dialect and one compiled cache, so that a statement is compiled once for the
installation and not once for every shop that is opened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import BindParameter, Engine, StaticPool, create_engine
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.util import LRUCache

from daftari.db.base import ReadTx, WriteTx

BUSY_TIMEOUT = "PRAGMA busy_timeout=5000"


class _Compiler(SQLiteCompiler):
    """The compiler of SQLite, which writes the number of a LIMIT into the statement.

    SQLite reads a bound one while it plans (`sqlite3VdbeSetVarmask`) and prepares the statement
    anew at each execution: 30 to 100 µs for a statement with joins. A prepared statement has one
    number for good, so it is written when the statement is compiled.
    """

    def limit_clause(self, select: Any, **kw: Any) -> str:
        limit, offset = select._limit_clause, select._offset_clause
        if kw.get("is_prepared"):
            kw["literal_binds"] = True
        elif isinstance(limit, BindParameter):
            limit = limit.render_literal_execute()
        text = f"\n LIMIT {-1 if limit is None else self.process(limit, **kw)}"
        return text if offset is None else f"{text} OFFSET {self.process(offset, **kw)}"


_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
_TEMPLATE = create_engine("sqlite://", module=sqlcipher, hide_parameters=True)
_TEMPLATE.dialect.statement_compiler = _Compiler


class WriteInRead(Exception):
    """A unit that was to read only has written. Nothing of it was kept."""


class ForeignKeysBroken(Exception):
    """A migration leaves rows that refer to rows that are not there. Nothing of it was kept."""


def engine_on(driver: Any) -> Engine:
    """An engine whose only connection is `driver`.

    The engine begins no transaction by itself: `begin_read` and `begin_write` do. A transaction
    that a failed COMMIT leaves open is rolled back when the connection returns to the pool.
    """
    pool = StaticPool(lambda: driver, dialect=_TEMPLATE.dialect, reset_on_return="rollback")
    return Engine(
        pool,
        _TEMPLATE.dialect,
        _TEMPLATE.url,
        hide_parameters=True,
        execution_options={"compiled_cache": _COMPILED},
    )


# BEGIN is sent to the driver itself: as a statement of SQLAlchemy it costs 25 µs more. Sent by a
# listener to its events, every statement would look for listeners.


@contextmanager
def begin_write(engine: Engine) -> Iterator[WriteTx]:
    """A transaction that holds the write lock from its start and is committed.

    It does not wait for a lock that another process holds: the caller does, in its own way.
    """
    with engine.begin() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA busy_timeout=0")
        try:
            driver.execute("BEGIN IMMEDIATE")
        finally:
            driver.execute(BUSY_TIMEOUT)
        yield WriteTx(ReadTx(connection))


@contextmanager
def begin_migration(engine: Engine) -> Iterator[WriteTx]:
    """As `begin_write`, for a migration, which may rebuild a table that others refer to.

    Foreign keys are not enforced in it, or the old table could not be dropped; they are checked
    before the commit. The PRAGMA for that has no effect inside a transaction. Raises
    `ForeignKeysBroken`.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        with begin_write(engine) as tx:
            yield tx
            broken = tx.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise ForeignKeysBroken({f"{row.table} → {row.parent}" for row in broken})
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def begin_read(engine: Engine) -> Iterator[ReadTx]:
    """A transaction that is rolled back. Raises `WriteInRead` when rows were changed in it.

    `PRAGMA query_only` would refuse the write at once, but made reads and writes in turn 20 %
    slower: after it SQLite prepares the statements of the connection anew.
    """
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN")
        changes = driver.total_changes
        yield ReadTx(connection)
        if driver.total_changes != changes:
            raise WriteInRead


def concerns_the_file(error: Exception) -> bool:
    """Whether an error speaks of the file or its disk, and not of the rows that were written."""
    of_the_rows = isinstance(error, IntegrityError | DataError)
    return isinstance(error, DBAPIError | sqlcipher.Error) and not of_the_rows


@contextmanager
def attempt(tx: WriteTx, name: Literal["attempt", "rehearsal"] = "attempt") -> Iterator[None]:
    """A savepoint: a part of a transaction that is rolled back alone when it raises.

    One inside another has another name. SQLAlchemy's `begin_nested` makes writing an entry 20 %
    slower.
    """
    driver: Any = tx.connection.driver_connection
    driver.execute(f"SAVEPOINT {name}")
    try:
        yield
    except BaseException:
        if driver.in_transaction:  # a full disk has rolled back everything already
            driver.execute(f"ROLLBACK TO {name}")
            driver.execute(f"RELEASE {name}")
        raise
    driver.execute(f"RELEASE {name}")
