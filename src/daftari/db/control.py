"""The control file: people, shops, keys, sessions. One for the installation."""

from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from daftari.db import migrate
from daftari.db.connection import EncryptedFile, FileDamaged, FileUnreadable, ReadUnit, WriteUnit
from daftari.db.durable import make_folder
from daftari.db.keys import MasterKey, WrongMasterKey
from daftari.db.migrate import Family
from daftari.db.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


CONTROL_FILE = "control.db"
RECALL_WITHIN = timedelta(seconds=5)
_MOST_RECALLED = 4096
_NEVER: tuple[datetime, Any] = (datetime(1970, 1, 1, tzinfo=UTC), None)


class ControlAhead(Exception):
    """The control file was written by a newer Daftari."""


class ControlMissing(Exception):
    """There are shops but no control file: it must be restored, a new one would hide them."""


class Control:
    """The door to the control file."""

    def __init__(self, file: EncryptedFile) -> None:
        self._file = file
        self._recalled: dict[Hashable, tuple[datetime, Any]] = {}

    @classmethod
    async def open(cls, data: Path, master: MasterKey) -> "Control":
        """Open `data/control.db`, made and migrated when needed.

        Raises `WrongMasterKey`, `ControlMissing`, `ControlAhead`, or `FileUnreadable`.
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
        await _bring_up(file)
        return cls(file)

    async def read(self, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.read(fn, *args, **kwargs)

    async def write(self, fn: WriteUnit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return await self._file.write(fn, *args, **kwargs)
        finally:
            self._recalled = {}

    async def recall(
        self, key: Hashable, now: datetime, fn: ReadUnit[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Like `read`, but may give the answer of a moment ago to the same `key`.

        Every write of this program makes it forget; what another process writes is seen within
        `RECALL_WITHIN`. `now`: the moment that is asked for.
        """
        recalled = self._recalled
        at, answer = recalled.get(key, _NEVER)
        if at <= now < at + RECALL_WITHIN:
            return cast("T", answer)
        answer = await self._file.read(fn, *args, **kwargs)
        if len(recalled) >= _MOST_RECALLED:
            recalled.clear()
        recalled[key] = now, answer
        return cast("T", answer)

    async def close(self) -> None:
        await self._file.close()


async def _bring_up(file: EncryptedFile) -> None:
    try:
        await migrate.bring_up(file, Family.CONTROL)
    except migrate.Ahead:
        await file.close()
        raise ControlAhead from None
    except BaseException:
        await file.close()
        raise
