"""SQL of the push subscriptions."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, select, update

from daftari.db.base import ReadTx, WriteTx, put
from daftari.delivery.tables import subscriptions

_PUT = put(subscriptions, "person_id", "session_id", "p256dh", "auth")


def put_subscription(tx: WriteTx, row: Mapping[str, Any]) -> None:
    """Insert a subscription, or move a known one to its new person and session."""
    tx.execute(_PUT, row)


def find_subscriptions(tx: ReadTx, person_id: str | None = None) -> Sequence[RowMapping]:
    """Subscriptions of the shop, or of one of its people, oldest first."""
    found = select(subscriptions).order_by(subscriptions.c.id)
    if person_id is not None:
        found = found.where(subscriptions.c.person_id == person_id)
    return tx.execute(found).mappings().all()


def find_subscription(tx: ReadTx, phone_id: str, person_id: str) -> RowMapping | None:
    mine = subscriptions.c.id == phone_id, subscriptions.c.person_id == person_id
    return tx.execute(select(subscriptions).where(*mine)).mappings().one_or_none()


def change_subscription(
    tx: WriteTx, phone_id: str, person_id: str, changes: Mapping[str, Any]
) -> None:
    mine = subscriptions.c.id == phone_id, subscriptions.c.person_id == person_id
    tx.execute(update(subscriptions).where(*mine), changes)


def delete_subscription(tx: WriteTx, phone_id: str, person_id: str) -> bool:
    mine = subscriptions.c.id == phone_id, subscriptions.c.person_id == person_id
    return tx.execute(delete(subscriptions).where(*mine)).rowcount == 1


def delete_endpoint(tx: WriteTx, endpoint: str, person_id: str) -> bool:
    mine = subscriptions.c.endpoint == endpoint, subscriptions.c.person_id == person_id
    return tx.execute(delete(subscriptions).where(*mine)).rowcount == 1


def delete_subscriptions(tx: WriteTx, phone_ids: Sequence[str]) -> None:
    if phone_ids:
        tx.execute(delete(subscriptions).where(subscriptions.c.id.in_(phone_ids)))
