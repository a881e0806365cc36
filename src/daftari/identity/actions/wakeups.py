"""When a shop is to be opened next: asked for, taken by whoever visits it, put down again."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.store import wakeups as store
from daftari.identity.store.wakeups import claim_due, is_any_due, wake

__all__ = [
    "claim_due",
    "find_news",
    "is_any_due",
    "settle_visits",
    "wake",
    "wake_all",
    "wake_shops_of",
    "wake_unvisited",
]

Visit = tuple[str, int | None, datetime | None]
"""A shop, what its claim said (None for a look without one), and when it wants the next."""


def find_news(tx: ReadTx, visits: Iterable[Visit]) -> list[Visit]:
    """The visits that change something: all of a claim, and looks that want a shop sooner."""
    payload = list(visits)
    known = store.find_wakeups(tx, [shop_id for shop_id, _, _ in payload])
    return [visit for visit in payload if visit[1] is not None or _is_sooner(visit, known)]


def _is_sooner(visit: Visit, known: Mapping[str, datetime | None]) -> bool:
    shop_id, _, again = visit
    if again is None:
        return False
    at = known.get(shop_id)
    return at is None or again < at


def settle_visits(tx: WriteTx, visits: Iterable[Visit]) -> None:
    """Write down the next wakeups. A look without a claim can only bring one nearer."""
    for shop_id, woken, again in visits:
        if woken is not None:
            store.settle(tx, shop_id, woken, again)
        elif again is not None:
            wake(tx, shop_id, again)


def wake_all(tx: WriteTx, shop_ids: Iterable[str], at: datetime) -> None:
    """Open these shops, if they are not to be opened earlier anyway."""
    for shop_id in shop_ids:
        wake(tx, shop_id, at)


def wake_unvisited(tx: WriteTx, at: datetime) -> int:
    """Open the shops nobody was in yet. How many there are."""
    found = store.find_unvisited(tx)
    if found:
        store.add_wakeups(tx, found, at)
    return len(found)


def wake_shops_of(tx: WriteTx, person_id: str, at: datetime) -> None:
    """Open every shop the person works in."""
    wake_all(tx, store.shops_of(tx, person_id), at)
