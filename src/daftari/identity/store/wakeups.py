"""The SQL of wakeups: the time of each shop's next visit, and the lease of its claim."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Integer, and_, bindparam, case, exists, insert, literal, or_, select, update

from daftari.db.base import Moment, ReadTx, Rows, WriteTx
from daftari.db.on_conflict import excluded, upsert
from daftari.identity.tables import memberships, shops, wakeups

LEASE: Final = timedelta(minutes=5)
"""The lease of a claimed wakeup. It is longer than any visit: after it the claim is free again."""

_now = bindparam("now", type_=Moment())
# A lease that ends later than a new one would: the clock was set back, so the claim is free too.
_free = or_(
    wakeups.c.lease_until.is_(None),
    wakeups.c.lease_until <= _now,
    wakeups.c.lease_until > bindparam("latest", type_=Moment()),
)
_is_due = and_(wakeups.c.at <= _now, _free)
_ANY_DUE = select(exists().where(_is_due))
_due = (
    select(wakeups.c.shop_id)
    .where(_is_due)
    .order_by(wakeups.c.at)
    .limit(bindparam("limit", type_=Integer))
)
_CLAIM = (
    update(wakeups)
    .where(wakeups.c.shop_id.in_(_due))
    .values(lease_until=bindparam("until", type_=Moment()))
    .returning(wakeups.c.shop_id, wakeups.c.woken)
)
_UNVISITED = (
    select(shops.c.id)
    .outerjoin(wakeups, wakeups.c.shop_id == shops.c.id)
    .where(wakeups.c.shop_id.is_(None))
)
_MINE = wakeups.c.shop_id == bindparam("shop")
_SETTLE = (
    update(wakeups)
    .where(_MINE)
    .values(
        at=case(
            (wakeups.c.woken == bindparam("seen"), bindparam("next", type_=Moment())),
            else_=wakeups.c.at,
        ),
        lease_until=None,
    )
)


def is_any_due(tx: ReadTx, now: datetime) -> bool:
    return bool(tx.scalar(_ANY_DUE, {"now": now, "latest": now + LEASE}))


def claim_due(tx: WriteTx, now: datetime, limit: int) -> Rows:
    """Claim due shops without a valid lease: rows of (shop_id, woken), longest overdue first."""
    until = now + LEASE
    params = {"now": now, "latest": until, "until": until, "limit": limit}
    return tx.execute(_CLAIM, params).all()


def find_wakeups(tx: ReadTx, shop_ids: Collection[str]) -> dict[str, datetime | None]:
    """The next wakeup of each shop, by shop id; a shop that was never visited is missing."""
    query = select(wakeups.c.shop_id, wakeups.c.at).where(wakeups.c.shop_id.in_(shop_ids))
    return {row.shop_id: row.at for row in tx.execute(query)}


def find_unvisited(tx: ReadTx) -> list[str]:
    """The shops without a row in `wakeups`."""
    return list(tx.scalars(_UNVISITED))


def add_wakeups(tx: WriteTx, shop_ids: Collection[str], at: datetime) -> None:
    tx.execute(insert(wakeups), [{"shop_id": one, "at": at, "woken": 0} for one in shop_ids])


def settle(tx: WriteTx, shop_id: str, woken: int, at: datetime | None) -> None:
    """End a claim and set the next wakeup, unless a wakeup was requested during the visit."""
    tx.execute(_SETTLE, {"shop": shop_id, "seen": woken, "next": at})


def wake(tx: WriteTx, shop_id: str, at: datetime) -> None:
    """Set a shop's wakeup to `at`, unless it is earlier."""
    there = select(shops.c.id, literal(at, Moment()), literal(1)).where(shops.c.id == shop_id)
    requested = excluded(wakeups).c.at
    sooner = and_(wakeups.c.at.is_not(None), wakeups.c.at <= requested)
    kept = {"woken": wakeups.c.woken + 1, "at": case((sooner, wakeups.c.at), else_=requested)}
    new = insert(wakeups).from_select(["shop_id", "at", "woken"], there)
    tx.execute(upsert(new, kept))


def shops_of(tx: ReadTx, person_id: str) -> list[str]:
    """The shops a person works in."""
    mine = memberships.c.person_id == person_id, memberships.c.ended_at.is_(None)
    return list(tx.scalars(select(memberships.c.shop_id).where(*mine)))
