"""The SQL of the access guard: the session of a cookie, and the person's membership of a shop.

Both statements are built once, so that SQLAlchemy finds their compiled form in its cache.
"""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import and_, bindparam, select

from daftari.db.base import ReadTx
from daftari.db.prepared import prepared
from daftari.identity.rules import Adjustments, Member, Permission, Person, Role, Session, Shop
from daftari.identity.rules.thresholds import Thresholds
from daftari.identity.store.branches import find_branches
from daftari.identity.tables import memberships, people, sessions, shops
from daftari.kernel.countries import notation_of

_session_columns = (
    sessions.c.id,
    sessions.c.shop_id,
    sessions.c.created_at,
    sessions.c.last_seen_at,
    sessions.c.verified_at,
    people.c.codes_kept_at,
    sessions.c.device,
    sessions.c.counter_shop_id,
    sessions.c.counter_customer_id,
    sessions.c.lock_after,
    sessions.c.till_id,
    people.c.id,
    people.c.name,
    people.c.phone,
    people.c.language,
)
_OF_SESSION: Final = len(_session_columns) - 4  # the person's columns stand behind them
_alive = and_(
    sessions.c.token_hash == bindparam("token_hash"),
    sessions.c.ended_at.is_(None),
    sessions.c.expires_at > bindparam("now", type_=sessions.c.expires_at.type),
)
_session = prepared(
    select(*_session_columns)
    .select_from(sessions.join(people, people.c.id == sessions.c.person_id))
    .where(_alive)
)
_ended = prepared(
    select(sessions.c.person_id).where(
        sessions.c.token_hash == bindparam("token_hash"), sessions.c.ended_at.is_not(None)
    )
)
shop_columns = tuple(column for column in shops.c if column.name != "created_at")
_HAS_BRANCHES = shop_columns.index(shops.c.has_branches)
_of_shop = and_(
    memberships.c.person_id == sessions.c.person_id,
    memberships.c.shop_id == bindparam("shop_id"),
)
role_columns = (memberships.c.role, memberships.c.granted, memberships.c.denied)
member_columns = (*role_columns, memberships.c.branch_id, memberships.c.current_branch_id)
_session_and_membership = prepared(
    select(*_session_columns, *member_columns, memberships.c.ended_at, *shop_columns)
    .select_from(
        sessions.join(people, people.c.id == sessions.c.person_id)
        .outerjoin(memberships, _of_shop)
        .outerjoin(shops, shops.c.id == memberships.c.shop_id)
    )
    .where(_alive)
)


def find_session(tx: ReadTx, token_hash: bytes, now: datetime) -> Session | None:
    """The valid session of a cookie, with its person."""
    row = tx.execute(_session, {"token_hash": token_hash, "now": now}).one_or_none()
    return None if row is None else _as_session(row)


def find_member(
    tx: ReadTx, token_hash: bytes, shop_id: str, now: datetime
) -> tuple[Session | None, Member | None]:
    """The valid session of a cookie, and the membership of the shop, be it one that ended."""
    params = {"token_hash": token_hash, "shop_id": shop_id, "now": now}
    row: Any = tx.execute(_session_and_membership, params).one_or_none()
    if row is None:
        return None, None
    session, after = _as_session(row), len(_session_columns)
    if row[after] is None:
        return session, None
    role, granted, denied, branch_id, remembered, ended_at, *of_shop = row[after:]
    adjusted = as_adjustments(granted, denied)
    position = Role(role), session.id, adjusted, branch_id, remembered, ended_at
    return session, Member(session.person, shop_with_branches(tx, *of_shop), *position)


def find_ended(tx: ReadTx, token_hash: bytes) -> str | None:
    """The person of a session that was revoked or signed out; None for one that expired."""
    person_id: str | None = tx.scalar(_ended, {"token_hash": token_hash})
    return person_id


def _as_session(row: Any) -> Session:
    session_id, *of_session = row[:_OF_SESSION]
    return Session(session_id, Person(*row[_OF_SESSION : len(_session_columns)]), *of_session)


@lru_cache(maxsize=256)
def as_adjustments(granted: str, denied: str) -> Adjustments:
    """The `Adjustments` of a row of `memberships`; a permission that is no more is left out."""
    known = frozenset(Permission)
    return Adjustments(known & frozenset(granted.split()), known & frozenset(denied.split()))


def shop_with_branches(tx: ReadTx, *row: Any) -> Shop:
    """The `Shop` of a row of `shops`. A shop without branches takes no further statement."""
    shop = as_shop(*row)
    return replace(shop, branches=find_branches(tx, shop.id)) if row[_HAS_BRANCHES] else shop


@lru_cache(maxsize=256)
def as_shop(
    id: str,
    name: str,
    country: str,
    currency: str,
    zone: str,
    digits: str,
    notation: str,
    weekend: str,
    calendar: str,
    due_days: int | None,
    digest_hour: int | None,
    large_reversal_minor: int | None,
    hijri_shift: int,
    day_ends: int,
    free_discount: int | None,
    has_branches: bool,
    *thresholds: int | None,
) -> Shop:
    """The `Shop` of a row of `shops`, cached: equal rows give the same object. Without its
    branches, which `shop_with_branches` reads where there are any.
    """
    return Shop(
        id,
        name,
        country,
        currency,
        zone,
        digits,
        notation_of(country, notation),
        tuple(int(day) for day in weekend.split(",") if day),
        calendar,
        due_days,
        digest_hour,
        large_reversal_minor,
        hijri_shift,
        day_ends,
        free_discount,
        Thresholds(*thresholds),
    )
