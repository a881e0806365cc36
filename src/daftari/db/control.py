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
from daftari.db.watch import Watch

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

    def __init__(self, file: EncryptedFile, watch: Watch) -> None:
        self._file = file
        self._watch = watch
        # replaced as one, so that no answer comes to stand under a version that is newer than it
        self._cache: tuple[int | None, dict[Hashable, tuple[datetime, Any]]] = (None, {})

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
        key = master.derived("control")
        try:
            file = await Storage(data, 0).open(place, key, made=True)
        except FileUnreadable:
            raise
        except FileDamaged:
            raise WrongMasterKey(f"{place} is damaged, or is of another master key") from None
        await _check_schema(file, migrates)
        try:
            return cls(file, await Watch.open(place, key))
        except BaseException:
            await file.close()
            raise

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.read(fn, *args, **kwargs)

    async def write(self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.write(fn, *args, **kwargs)

    async def write_unless_busy(
        self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """As `write`, for what a page notes in passing; None, without waiting, while another
        process writes. Nothing is stored then.
        """
        try:
            return await self._file.write_at_once(fn, *args, **kwargs)
        except FileBusy:
            return None

    async def read_cached(
        self, key: Hashable, now: datetime, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """A cached `read`: returns the result of the last few seconds for the same `key`, if nobody
        has written into the file since, in this process or another. `now`: the time of the request.
        """
        cached = self._fresh_cache()
        at, answer = cached.get(key, _NEVER)
        if at <= now < at + CACHED_FOR:
            return cast("T", answer)
        answer = await self._file.read(fn, *args, **kwargs)
        cached[key] = now, answer
        return cast("T", answer)

    def read_beside(
        self, key: Hashable, now: datetime, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `read_cached`, for a unit in a shop's thread, which cannot wait for ours."""
        cached = self._fresh_cache()
        answer: T
        at, answer = cached.get(key, _NEVER)
        if at <= now < at + CACHED_FOR:
            return answer
        answer = self._watch.read(fn, *args, **kwargs)
        cached[key] = now, answer
        return answer

    def _fresh_cache(self) -> dict[Hashable, tuple[datetime, Any]]:
        """The cache, emptied where somebody has written since, or it is full."""
        version = self._watch.version()
        at, cached = self._cache
        if version is None or version != at or len(cached) >= _MOST_CACHED:
            cached = {}
            self._cache = version, cached
        return cached

    async def close(self) -> None:
        self._watch.close()
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
