"""Wakeups: the times of the worker's next visits to shops; requested, claimed and settled."""

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
"""A finished visit: shop id, the claim's counter (None without a claim), and the next wakeup."""


def find_news(tx: ReadTx, visits: Iterable[Visit]) -> list[Visit]:
    """The visits that update a wakeup: all with a claim, and those with an earlier next wakeup."""
    finished = list(visits)
    known = store.find_wakeups(tx, [shop_id for shop_id, _, _ in finished])
    return [visit for visit in finished if visit[1] is not None or _is_sooner(visit, known)]


def _is_sooner(visit: Visit, known: Mapping[str, datetime | None]) -> bool:
    shop_id, _, again = visit
    if again is None:
        return False
    at = known.get(shop_id)
    return at is None or again < at


def settle_visits(tx: WriteTx, visits: Iterable[Visit]) -> None:
    """Store the next wakeups. A visit without a claim can only make a wakeup earlier."""
    for shop_id, woken, again in visits:
        if woken is not None:
            store.settle(tx, shop_id, woken, again)
        elif again is not None:
            wake(tx, shop_id, again)


def wake_all(tx: WriteTx, shop_ids: Iterable[str], at: datetime) -> None:
    """Set the wakeups of these shops to `at`, unless they are earlier."""
    for shop_id in shop_ids:
        wake(tx, shop_id, at)


def wake_unvisited(tx: WriteTx, at: datetime) -> int:
    """Add wakeups for shops that were never visited. Returns their number."""
    found = store.find_unvisited(tx)
    if found:
        store.add_wakeups(tx, found, at)
    return len(found)


def wake_shops_of(tx: WriteTx, person_id: str, at: datetime) -> None:
    """Set the wakeups of all shops of a person to `at`, unless they are earlier."""
    wake_all(tx, store.shops_of(tx, person_id), at)
