"""What a customer sees behind his stop link: what is sent to him, and what he stopped."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daftari.customers.actions.consent import find_consents_of_link
from daftari.customers.rules.consent import Ended
from daftari.db.base import ReadTx
from daftari.identity.rules import Shop


@dataclass(frozen=True, slots=True)
class StoppedView:
    channel: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StopPage:
    """`living`: names, channels and purposes of what is agreed to; no word of the book, or of who
    he is: whoever finds the link learns no more.
    """

    shop_name: str
    action: str
    living: tuple[tuple[str, str, str], ...]
    stopped: tuple[StoppedView, ...]


def stop_page(tx: ReadTx, shop: Shop, link: str, token: str) -> StopPage:
    """Raises `Missing` for a link that is nobody's."""
    consents, zone = find_consents_of_link(tx, token), ZoneInfo(shop.zone)
    living = [one.opt_in for one in consents if one.ended_at is None]
    stopped = [
        StoppedView(one.opt_in.channel, one.opt_in.purpose, one.ended_at.astimezone(zone))
        for one in consents
        if one.ended_at and one.ended_how is Ended.BY_CUSTOMER and one.opt_in not in living
    ]
    return StopPage(
        shop_name=shop.name,
        action=f"/stop/{link}",
        living=tuple((one.name, one.channel.value, one.purpose.value) for one in living),
        stopped=tuple(stopped),
    )
