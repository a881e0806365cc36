"""The worker's job for a shop: requests for approval whose time is over."""

from datetime import datetime

from daftari.approvals.actions import expire_approvals, next_expiry
from daftari.db.databases import Databases
from daftari.identity.rules import Shop


async def visit(databases: Databases, shop: Shop, at: datetime) -> datetime | None:
    """Expire what is due; the time of the next visit, None where nothing waits."""
    expires_at = await databases.shops.read(shop.id, next_expiry)
    if expires_at is None or expires_at > at:
        return expires_at
    await databases.shops.write(shop.id, expire_approvals, at)
    return await databases.shops.read(shop.id, next_expiry)
