"""Paths of the database files, and the free disk space for them."""

import os
import shutil
import time
from datetime import timedelta
from pathlib import Path

from daftari.db.connection import EncryptedFile, FileUnreadable, StorageFull
from daftari.db.durable import make_folder

_BALLAST_BYTES = 1024 * 1024
_LEFT_OVER_AFTER = 3600.0


class Storage:
    """The data folder: paths of the files, free space, and the ballast file.

    Shop files lie two folder levels deep, by the random end of the shop's id.
    """

    def __init__(self, data: Path, reserve_bytes: int) -> None:
        self._data = data
        self._reserve_bytes = reserve_bytes

    def shop(self, shop_id: str) -> Path:
        return self._data / "shops" / shop_id[-2:] / shop_id[-4:-2] / f"{shop_id}.db"

    def sealed(self, shop_id: str, name: str) -> Path:
        """The path of a sealed file of a shop (`db/sealed_files.py`)."""
        return self._sealed / shop_id[-2:] / shop_id / f"{name}.sealed"

    def remove_sealed(self, older_than: timedelta) -> None:
        """Delete the sealed files that nobody has written for longer than this."""
        oldest = time.time() - older_than.total_seconds()
        for file in self._sealed.glob("??/*/*.sealed"):
            _remove_if_old(file, oldest)

    def left_open(self) -> set[str]:
        """The shops whose file has a write-ahead log beside it.

        Such a file is open now, or its process was killed while it was open.
        """
        logs = (self._data / "shops").glob("??/??/*.db-wal")
        return {path.name.removesuffix(".db-wal") for path in logs}

    def template(self, version: int) -> Path:
        return self._data / f"template-{version:04}.db"

    def unfinished(self) -> Path:
        """A new temporary path for an unfinished file; deletes leftovers older than an hour."""
        folder = self._data / "unborn"
        make_folder(folder)
        for leftover in folder.iterdir():
            _remove_if_old(leftover, time.time() - _LEFT_OVER_AFTER)
        return folder / f"{os.urandom(16).hex()}.db"

    async def open(self, path: Path, key: bytes, *, made: bool) -> EncryptedFile:
        """Open a file; when the disk is too full for that, delete the ballast and try again."""
        try:
            return await EncryptedFile.open(path, key, made=made)
        except (StorageFull, FileUnreadable):
            if not (self._free() < _BALLAST_BYTES and self.drop_ballast()):
                raise
            return await EncryptedFile.open(path, key, made=made)

    def refuse_when_low(self, needed: int = 0) -> None:
        """Raise `StorageFull` when less than the reserve is free; reading must stay possible.

        `needed`: bytes that must be free beside the reserve.
        """
        if self._free() < self._reserve_bytes + needed:
            raise StorageFull

    def is_low(self) -> bool:
        return self._free() < self._reserve_bytes

    def keep_ballast(self) -> None:
        """Create the ballast file (1 MiB), deleted when a full disk blocks opening a WAL."""
        if not self._ballast.exists() and not self.is_low():
            self._ballast.write_bytes(os.urandom(_BALLAST_BYTES))

    def drop_ballast(self) -> bool:
        """Delete the ballast file. Returns True when there was one."""
        there_was_one = self._ballast.exists()
        self._ballast.unlink(missing_ok=True)
        return there_was_one

    def _free(self) -> int:
        return shutil.disk_usage(self._data).free

    @property
    def _sealed(self) -> Path:
        return self._data / "files"

    @property
    def _ballast(self) -> Path:
        return self._data / "ballast"


def _remove_if_old(leftover: Path, oldest: float) -> None:
    try:
        if leftover.stat().st_mtime < oldest:
            leftover.unlink()
    except FileNotFoundError:
        return
