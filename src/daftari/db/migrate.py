"""Schema migrations of database files, in two families: `control` and `shop`.

Revisions are numbered 0001, 0002 …; a file's `PRAGMA user_version` holds its revision, so that a
check costs half a millisecond and Alembic is only imported when there is something to migrate.
"""

import threading
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from daftari.db.base import WriteTx
from daftari.db.connection import EncryptedFile

_PACKAGE = Path(__file__).parents[1]
_CHECKOUT = _PACKAGE.parents[1]
_one_at_a_time = threading.Lock()  # Alembic keeps the running migration in module globals


class Family(StrEnum):
    CONTROL = "control"
    SHOP = "shop"


class Ahead(Exception):
    """The file was written by a newer Daftari."""


class Behind(Exception):
    """The file has an older schema, and may not be migrated now."""


async def refuse_other_schema(file: EncryptedFile, family: Family) -> int:
    """Raises `Ahead` or `Behind` unless the file has this program's schema. Changes nothing."""
    found = await file.raw(version)
    if found > head(family):
        raise Ahead
    if found < head(family):
        raise Behind
    return found


async def bring_up(file: EncryptedFile, family: Family) -> int:
    """Run a file's missing migrations in one transaction. Returns the revision it had before.

    Raises `Ahead`, or `ForeignKeysBroken` when a migration is wrong.
    """
    stood_at = await file.raw(version)
    if stood_at > head(family):
        raise Ahead
    if stood_at < head(family):
        await file.migrate(upgrade, family)
    return stood_at


@cache
def head(family: Family) -> int:
    """The number of the newest revision in this program."""
    return max(int(path.name[:4]) for path in (folder(family) / "versions").glob("[0-9]*.py"))


def folder(family: Family) -> Path:
    """The folder of the revisions: inside an installed package, or beside `src` in a checkout."""
    installed = _PACKAGE / "migrations" / family
    return installed if installed.exists() else _CHECKOUT / "migrations" / family


def version(driver: Any) -> int:
    """The revision of a file; 0 for an empty one. `driver`: the raw connection."""
    return int(driver.execute("PRAGMA user_version").fetchone()[0])


def upgrade(tx: WriteTx, family: Family) -> None:
    """Run the missing migrations inside the given transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder(family)).replace("%", "%%"))
    config.attributes["connection"] = tx
    with _one_at_a_time:
        command.upgrade(config, "head")
    tx.exec_driver_sql(f"PRAGMA user_version = {head(family)}")
