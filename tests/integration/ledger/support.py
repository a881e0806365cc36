"""Shops of an installation on disk, as the server and an operator's command open them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db.databases import Databases, open_databases
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules.commands import NewShop
from daftari.kernel.ids import new_id
from daftari.ledger.actions import Recorded, record_entry
from daftari.ledger.jobs import verify_shop
from daftari.ledger.rules.commands import RecordEntry
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.proof import Proof
from daftari.settings import Settings
from tests.book import NOW, UMM_SALIM


@dataclass(frozen=True, slots=True)
class Installation:
    """An open house, and what is done in it by hand."""

    settings: Settings
    databases: Databases

    async def new_shop(self) -> str:
        owner = replace(UMM_SALIM.person, id=new_id())
        shop = NewShop(new_id(), "بقالة النور", "SA", owner)
        wrapped_key = await self.databases.shops.create(shop.id)
        await self.databases.control.write(open_shop, shop, wrapped_key, NOW)
        return shop.id

    async def customer(self, shop_id: str, name: str = "أبو علي") -> str:
        command = AddCustomer(new_id(), Details(name), same_name_ok=True)
        added = await self.databases.shops.write(shop_id, add_customer, UMM_SALIM, NOW, command)
        return added.customer_id

    async def entry(
        self, shop_id: str, customer_id: str, kind: Kind, minor: int, entry_id: str | None = None
    ) -> Recorded:
        command = RecordEntry(entry_id or new_id(), customer_id, kind, minor, "SAR", note="خبز")
        return await self.databases.shops.write(shop_id, record_entry, UMM_SALIM, NOW, command)

    async def few_lines(self, shop_id: str) -> str:
        """Three lines of a new customer."""
        customer_id = await self.customer(shop_id)
        for kind, minor in ((Kind.DEBT, 700), (Kind.DEBT, 300), (Kind.PAYMENT, 800)):
            await self.entry(shop_id, customer_id, kind, minor)
        return customer_id

    async def proof(self, shop_id: str) -> Proof:
        return await verify_shop(self.databases.shops, self.databases.control, shop_id)

    def file(self, shop_id: str) -> Path:
        return self.databases.storage.shop(shop_id)


@asynccontextmanager
async def open_installation(data: Path) -> AsyncIterator[Installation]:
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    async with open_databases(settings) as databases:
        yield Installation(settings, databases)
