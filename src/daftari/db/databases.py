"""All database files of an installation, opened and closed together."""

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import lru_cache

from daftari.db.control import CONTROL_FILE, Control
from daftari.db.keys import MasterKey, WrongMasterKey
from daftari.db.shops import Shops
from daftari.db.storage import Storage
from daftari.settings import Settings


@dataclass(frozen=True, slots=True)
class Databases:
    """The control file, the shop files and the storage folder of an installation.

    `derived`: function from a purpose to a 256-bit key derived from the master key.
    """

    control: Control
    shops: Shops
    storage: Storage
    derived: Callable[[str], bytes]

    def unlock(self, person_id: str) -> str:
        """The key that decrypts the offline book on a person's phones while signed in.

        The same 32 bytes at every sign-in, base64url without padding.
        """
        secret = self.derived(f"phones of {person_id}")
        return urlsafe_b64encode(secret).decode().rstrip("=")


@asynccontextmanager
async def open_databases(settings: Settings, *, migrates: bool = True) -> AsyncIterator[Databases]:
    """Open the files of the installation, creating those that are missing; close them at the end.

    `migrates`: files of an older schema are migrated, else refused when they are opened.

    Raises `WrongMasterKey`, also when the key file is missing but its database files exist, and
    what `Control.open` raises.
    """
    if not settings.master_key_file.exists() and (settings.data / CONTROL_FILE).exists():
        raise WrongMasterKey(f"{settings.master_key_file} is gone: restore it, nothing opens else")
    master = MasterKey.at(settings.master_key_file)
    control = await Control.open(settings.data, master, migrates=migrates)
    try:
        storage = Storage(settings.data, settings.reserve_bytes)
        if migrates:
            storage.keep_ballast()
        shops = Shops(control, master, storage, settings.open_shops, migrates=migrates)
        try:
            yield Databases(control, shops, storage, lru_cache(4096)(master.derived))
        finally:
            await shops.close()
    finally:
        await control.close()
