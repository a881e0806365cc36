"""The control file of the installation: people, shops, wrapped keys and sessions."""

from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from daftari.db import migrate
from daftari.db.connection import (
    EncryptedFile,
    FileBusy,
    FileDamaged,
    FileUnreadable,
    ReadUnit,
    WriteUnit,
)
from daftari.db.durable import make_folder
from daftari.db.keys import MasterKey, WrongMasterKey
from daftari.db.migrate import Family
from daftari.db.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


CONTROL_FILE = "control.db"
CACHED_FOR = timedelta(seconds=5)
_MOST_CACHED = 4096
_NEVER: tuple[datetime, Any] = (datetime(1970, 1, 1, tzinfo=UTC), None)


class ControlAhead(Exception):
    """The control file was written by a newer Daftari."""


class ControlBehind(Exception):
    """The control file has an older schema, and may not be migrated now."""


class ControlMissing(Exception):
    """The control file is missing although shop files exist; it must be restored from a backup.

    A new control file would have none of those shops' keys.
    """


class Control:
    """Read and write access to the control file, with a short-lived read cache."""

    def __init__(self, file: EncryptedFile) -> None:
        self._file = file
        self._cached: dict[Hashable, tuple[datetime, Any]] = {}

    @classmethod
    async def open(cls, data: Path, master: MasterKey, *, migrates: bool = True) -> "Control":
        """Open `data/control.db`; create and migrate it when needed.

        Raises `WrongMasterKey`, `ControlMissing`, `ControlAhead`, or `FileUnreadable`; where the
        file may not be changed (`migrates` is false), `ControlBehind` for an older schema.
        """
        make_folder(data)
        place = data / CONTROL_FILE
        if (data / "shops").exists() and not place.exists():
            raise ControlMissing(f"{place} is gone, but there are shops beside it")
        try:
            file = await Storage(data, 0).open(place, master.derived("control"), made=True)
        except FileUnreadable:
            raise
        except FileDamaged:
            raise WrongMasterKey(f"{place} is damaged, or is of another master key") from None
        await _check_schema(file, migrates)
        return cls(file)

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.read(fn, *args, **kwargs)

    async def write(self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._file.write(fn, *args, **kwargs)
        finally:
            self._cached = {}

    async def write_unless_busy(
        self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """As `write`, for what a page notes in passing; None, without waiting, while another
        process writes. Nothing is stored then, and nothing in the cache is out of date.
        """
        try:
            result = await self._file.write_at_once(fn, *args, **kwargs)
        except FileBusy:
            return None
        self._cached = {}
        return result

    async def read_cached(
        self, key: Hashable, now: datetime, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """A cached `read`: returns the result of the last few seconds for the same `key`.

        Every write of this process clears the cache; a write of another process is seen within
        `CACHED_FOR`. `now`: the time of the request.
        """
        cached = self._cached
        at, answer = cached.get(key, _NEVER)
        if at <= now < at + CACHED_FOR:
            return cast("T", answer)
        answer = await self._file.read(fn, *args, **kwargs)
        if len(cached) >= _MOST_CACHED:
            cached.clear()
        cached[key] = now, answer
        return cast("T", answer)

    async def close(self) -> None:
        await self._file.close()


async def _check_schema(file: EncryptedFile, migrates: bool) -> None:
    check = migrate.bring_up if migrates else migrate.refuse_other_schema
    try:
        await check(file, Family.CONTROL)
    except migrate.Ahead:
        await file.close()
        raise ControlAhead from None
    except migrate.Behind:
        await file.close()
        raise ControlBehind from None
    except BaseException:
        await file.close()
        raise
