"""What the worker does for a shop: the day's digest, its reminders and receipts."""

from datetime import datetime

from daftari.db.databases import Databases
from daftari.identity.rules import Shop
from daftari.reminders.actions.plan import look, plan
from daftari.reminders.rules.settings import AvailableChannels


async def visit(
    available: AvailableChannels, databases: Databases, shop: Shop, at: datetime
) -> datetime | None:
    """Do what is to be done now; when to come again, None for not before something is written.

    It looks first, so that a visit with nothing to do writes nothing.
    """
    plan_of_day = await databases.shops.read(shop.id, look, shop, at)
    if plan_of_day.is_empty:
        return plan_of_day.next_at
    await databases.shops.write(shop.id, plan, shop, at, available)
    return (await databases.shops.read(shop.id, look, shop, at)).next_at
