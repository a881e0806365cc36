"""The worker's job that tells a shop when its access review is due."""

from datetime import datetime

from daftari.activity.actions import note_alert
from daftari.db.base import WriteTx
from daftari.db.databases import Databases
from daftari.delivery.actions.alerts import is_in_inbox
from daftari.delivery.rules.alerts import ACCESS_REVIEW
from daftari.identity.actions.access_reviews import next_review
from daftari.identity.rules import Shop
from daftari.kernel.clock import as_text
from daftari.kernel.ids import id_within


async def tell_review(databases: Databases, shop: Shop, at: datetime) -> datetime | None:
    """Add the alert of a due review, once for each; the time of the next, None for not before one
    is done. A shop of one person costs one statement in the control file.
    """
    due = await databases.control.read(next_review, shop.id)
    if due is None or at < due:
        return due
    alert_id = id_within(shop.id, f"{ACCESS_REVIEW} {as_text(due)}")
    if not await databases.shops.read(shop.id, is_in_inbox, alert_id):
        await databases.shops.write(shop.id, _note, shop.id, at, alert_id)
    return None


def _note(tx: WriteTx, shop_id: str, at: datetime, alert_id: str) -> None:
    note_alert(tx, at, ACCESS_REVIEW, shop_id, {}, alert_id=alert_id)
