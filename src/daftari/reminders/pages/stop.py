"""The public page of a stop link: the customer's active consents and those he ended."""

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
    """View model of the stop page. `living`: names, channels and purposes of active consents.

    The page shows neither the book nor the customer's identity, since a link can be forwarded.
    """

    shop_name: str
    action: str
    living: tuple[tuple[str, str, str], ...]
    stopped: tuple[StoppedView, ...]


def stop_page(tx: ReadTx, shop: Shop, link: str, token: str) -> StopPage:
    """The stop page of a link. Raises `Missing` for an unknown link."""
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
