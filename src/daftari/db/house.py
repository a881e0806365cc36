"""The files of an installation, opened together and put away together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from daftari.db.control import CONTROL_FILE, Control
from daftari.db.door import Shops
from daftari.db.keys import MasterKey, WrongMasterKey
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
    """Open what is there and make what is missing.

    Raises `WrongMasterKey`, also for a key that is gone while its files are not; and what
    `Control.open` raises.
    """
    if not settings.master_key_file.exists() and (settings.data / CONTROL_FILE).exists():
        raise WrongMasterKey(f"{settings.master_key_file} is gone: restore it, nothing opens else")
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
