"""SQLAlchemy on a driver connection that is already open.

All files speak one dialect and share what it has compiled, so that a statement is compiled once
for the installation and not once for every shop that is opened.
"""

from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[Any, Any] = LRUCache(1000)
_MODEL = create_engine("sqlite://", module=sqlcipher, hide_parameters=True)


def engine_on(driver: Any) -> Engine:
    """An engine whose only connection is `driver`.

    A transaction starts with BEGIN, or with the execution option `daftari_begin`. What a failed
    COMMIT leaves open is rolled back when the connection is given back.
    """
    pool = StaticPool(lambda: driver, dialect=_MODEL.dialect, reset_on_return="rollback")
    engine = Engine(
        pool,
        _MODEL.dialect,
        _MODEL.url,
        hide_parameters=True,
        execution_options={"compiled_cache": _COMPILED},
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(tx: Connection) -> None:
    tx.exec_driver_sql(tx.get_execution_options().get("daftari_begin", "BEGIN"))
