"""The driver's connection to an encrypted file: its key, and the PRAGMAs that all files have."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else REPLACE deletes a row without firing its DELETE triggers
    "busy_timeout=5000",
    "cache_size=-2000",  # kibibytes; many shops are open at once
    "temp_store=MEMORY",
    "secure_delete=ON",
)


def connect(path: Path, key: bytes, *, any_thread: bool = False) -> Any:
    """Open an existing file with a raw 256-bit key. Raises the driver's error for a wrong key.

    `any_thread`: the connection is used by several threads, whose owner lets in one at a time.
    """
    place = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlcipher.connect(place, uri=True, check_same_thread=not any_thread)
    connection.isolation_level = None
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
