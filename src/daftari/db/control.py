"""The control file: people, shops, keys, sessions. One for the installation."""

from pathlib import Path
from typing import ParamSpec, TypeVar

from daftari.db import migrate
from daftari.db.connection import EncryptedFile, FileDamaged, FileUnreadable, Unit
from daftari.db.durable import make_folder
from daftari.db.keys import MasterKey, WrongMasterKey
from daftari.db.migrate import Family
from daftari.db.storage import Storage

P = ParamSpec("P")
T = TypeVar("T")


CONTROL_FILE = "control.db"


class ControlAhead(Exception):
    """The control file was written by a newer Daftari."""


class ControlMissing(Exception):
    """There are shops but no control file: it must be restored, a new one would hide them."""


class Control:
    """The door to the control file."""

    def __init__(self, file: EncryptedFile) -> None:
        self._file = file

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

    async def read(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.read(fn, *args, **kwargs)

    async def write(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.write(fn, *args, **kwargs)

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
