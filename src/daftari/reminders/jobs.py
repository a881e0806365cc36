"""The worker's job for a shop: daily digest, automatic reminders and receipts."""

from datetime import datetime

from daftari.db.databases import Databases
from daftari.identity.rules import Shop
from daftari.reminders.actions.plan import look, plan
from daftari.reminders.rules.settings import AvailableChannels


async def visit(
    available: AvailableChannels, databases: Databases, shop: Shop, at: datetime
) -> datetime | None:
    """Run the jobs that are due; the time of the next visit, None for not before a new write.

    A read comes first, so that a visit without work writes nothing.
    """
    plan_of_day = await databases.shops.read(shop.id, look, shop, at)
    if plan_of_day.is_empty:
        return plan_of_day.next_at
    await databases.shops.write(shop.id, plan, shop, at, available)
    return (await databases.shops.read(shop.id, look, shop, at)).next_at
