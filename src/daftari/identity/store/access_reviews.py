"""The SQL of access reviews: when they were, who was in the shop when, and on which phones."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, select

from daftari.db.base import ReadTx, WriteTx, insert_new
from daftari.identity.rules.access_review import Stay
from daftari.identity.tables import access_reviews, memberships, sessions

_reviewed_at = (
    select(func.max(access_reviews.c.at, type_=access_reviews.c.at.type))
    .where(access_reviews.c.shop_id == bindparam("shop_id"))
    .scalar_subquery()
)
_STAYS = select(memberships.c.created_at, memberships.c.ended_at, _reviewed_at).where(
    memberships.c.shop_id == bindparam("shop_id")
)


class LastReview(NamedTuple):
    """When a shop's people were reviewed last, and by whom."""

    at: datetime
    person_id: str


class PhoneOfMember(NamedTuple):
    """A device on which a member of a shop is signed in."""

    session_id: str
    person_id: str
    device: str
    seen_at: datetime


def find_stays(tx: ReadTx, shop_id: str) -> tuple[list[Stay], datetime | None]:
    """Who was in the shop from when to when, and its last review, in one statement."""
    rows: Any = tx.execute(_STAYS, {"shop_id": shop_id}).all()
    return [Stay(row[0], row[1]) for row in rows], rows[0][2] if rows else None


def find_last_review(tx: ReadTx, shop_id: str) -> LastReview | None:
    c = access_reviews.c
    last = select(c.at, c.person_id).where(c.shop_id == shop_id).order_by(c.at.desc()).limit(1)
    row: Any = tx.execute(last).one_or_none()
    return None if row is None else LastReview(*row)


def find_phones(tx: ReadTx, shop_id: str, now: datetime) -> Sequence[PhoneOfMember]:
    """The devices on which the members of a shop are signed in, the last used first."""
    c, m = sessions.c, memberships.c
    here = and_(m.person_id == c.person_id, m.shop_id == shop_id, m.ended_at.is_(None))
    found = (
        select(c.id, c.person_id, c.device, c.last_seen_at)
        .join(memberships, here)
        .where(c.ended_at.is_(None), c.expires_at > now)
        .order_by(c.last_seen_at.desc(), c.id)
    )
    rows: Any = tx.execute(found).all()
    return [PhoneOfMember(*row) for row in rows]


def find_review(tx: ReadTx, review_id: str) -> bool:
    c = access_reviews.c
    return tx.scalar(select(c.id).where(c.id == review_id)) is not None


def insert_review(tx: WriteTx, row: Mapping[str, Any]) -> bool:
    return insert_new(tx, access_reviews, row)
