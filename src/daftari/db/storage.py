"""Where the shops' files lie, and how much room there is for them."""

import os
import shutil
from pathlib import Path

from daftari.db.connection import StorageFull

_BALLAST_BYTES = 1024 * 1024


class Storage:
    """The folder of shop files, two levels deep by the random end of the shop's id."""

    def __init__(self, data: Path, reserve_bytes: int) -> None:
        self._data = data
        self._reserve_bytes = reserve_bytes

    def shop(self, shop_id: str) -> Path:
        return self._data / "shops" / shop_id[-2:] / shop_id[-4:-2] / f"{shop_id}.db"

    def template(self, version: int) -> Path:
        return self._data / f"template-{version:04}.db"

    def refuse_when_low(self) -> None:
        """Raises `StorageFull` before the disk is so full that even reading would fail."""
        if self.is_low():
            raise StorageFull

    def is_low(self) -> bool:
        return shutil.disk_usage(self._data).free < self._reserve_bytes

    def keep_ballast(self) -> None:
        """Hold a megabyte to give back when a full disk would not even let a WAL be read."""
        if not self._ballast.exists() and not self.is_low():
            self._ballast.write_bytes(os.urandom(_BALLAST_BYTES))

    def drop_ballast(self) -> bool:
        """Give the megabyte back. True when there was one."""
        there_was_one = self._ballast.exists()
        self._ballast.unlink(missing_ok=True)
        return there_was_one

    @property
    def _ballast(self) -> Path:
        return self._data / "ballast"
