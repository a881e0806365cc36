"""The files of an installation, opened together and put away together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from daftari.db.control import Control
from daftari.db.door import Shops
from daftari.db.keys import MasterKey
from daftari.db.storage import Storage
from daftari.settings import Settings


@dataclass(frozen=True, slots=True)
class House:
    """Everything that is kept: the control file, the shops, and the room on the disk."""

    control: Control
    shops: Shops
    storage: Storage


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open what is there and make what is missing. Raises `WrongMasterKey`, `ControlAhead`."""
    master = MasterKey.at(settings.master_key_file)
    control = await Control.open(settings.data, master)
    try:
        storage = Storage(settings.data, settings.reserve_bytes)
        storage.keep_ballast()
        shops = Shops(control, master, storage, settings.open_shops)
        try:
            yield House(control, shops, storage)
        finally:
            await shops.close()
    finally:
        await control.close()
