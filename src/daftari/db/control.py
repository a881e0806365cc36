"""The control file: people, shops, keys, sessions. One for the installation."""

from pathlib import Path
from typing import ParamSpec, TypeVar

from daftari.db import migrate
from daftari.db.connection import EncryptedFile, FileDamaged, Unit
from daftari.db.keys import MasterKey, WrongMasterKey
from daftari.db.migrate import Family

P = ParamSpec("P")
T = TypeVar("T")


class ControlAhead(Exception):
    """The control file was written by a newer Daftari."""


class Control:
    """The door to the control file."""

    def __init__(self, file: EncryptedFile) -> None:
        self._file = file

    @classmethod
    async def open(cls, data: Path, master: MasterKey) -> "Control":
        """Open `data/control.db`, made and migrated when needed."""
        data.mkdir(parents=True, exist_ok=True)
        try:
            file = await EncryptedFile.open(data / "control.db", master.derived("control"))
        except FileDamaged:
            raise WrongMasterKey("the control file does not open with this master key") from None
        await _bring_up(file)
        return cls(file)

    async def read(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.read(fn, *args, **kwargs)

    async def write(self, fn: Unit[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._file.write(fn, *args, **kwargs)

    async def close(self) -> None:
        await self._file.close()


async def _bring_up(file: EncryptedFile) -> None:
    stands_at = await file.raw(migrate.version)
    if stands_at > migrate.head(Family.CONTROL):
        await file.close()
        raise ControlAhead
    if stands_at < migrate.head(Family.CONTROL):
        await file.write(migrate.upgrade, Family.CONTROL)
