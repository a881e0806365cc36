"""What the worker does for a shop: the day's digest, its reminders and receipts."""

from datetime import datetime

from daftari.accounts.rules import Shop
from daftari.db.house import House
from daftari.reminders.actions.plan import look, plan
from daftari.reminders.rules.ways import Post


async def visit(post: Post, house: House, shop: Shop, at: datetime) -> datetime | None:
    """Do what is to be done now; when to come again, None for not before something is written.

    It looks first, so that a visit with nothing to do writes nothing.
    """
    agenda = await house.shops.read(shop.id, look, shop, at)
    if agenda.is_empty:
        return agenda.next_at
    await house.shops.write(shop.id, plan, shop, at, post)
    return (await house.shops.read(shop.id, look, shop, at)).next_at
