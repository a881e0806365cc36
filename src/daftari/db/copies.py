"""Reading from a copy of a file: for what reads all of it, and takes longer than a page.

A read transaction of many seconds would keep the write-ahead log from being emptied; the copy is
made in one or two.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from daftari.db.base import ReadTx
from daftari.db.driver import connect
from daftari.db.engine import begin_read, engine_on

_NOT_DURABLE = ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY", "cache_size=-8000")


@contextmanager
def read_copy(path: Path, key: bytes, copy: Path) -> Iterator[ReadTx]:
    """A read transaction on a copy of the file at `path`, encrypted with the same key.

    The copy is a consistent snapshot, also while others write. The caller removes it.
    """
    copy.touch(mode=0o600)
    with closing(_copied(path, key, copy)) as driver, begin_read(engine_on(driver)) as tx:
        yield tx


def _copied(path: Path, key: bytes, copy: Path) -> Any:
    target = sqlcipher.connect(str(copy))
    target.isolation_level = None
    target.execute("PRAGMA cipher_log_level=NONE")
    target.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    for pragma in _NOT_DURABLE:
        target.execute(f"PRAGMA {pragma}")
    with closing(connect(path, key)) as source:
        source.backup(target)
    target.execute("PRAGMA journal_mode=OFF")
    return target
