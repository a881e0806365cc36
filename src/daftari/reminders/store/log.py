"""SQL of the message log."""

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import Select, bindparam, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows
from daftari.delivery.tables import messages

_LOG = (
    select(messages, customers.c.name)
    .outerjoin(customers, customers.c.id == messages.c.customer_id)
    .where(messages.c.customer_id.is_not(None))
    .order_by(messages.c.id.desc())
)
_ONE = _LOG.where(messages.c.id == bindparam("message_id"))

_SOME = _LOG.where(messages.c.id.in_(bindparam("message_ids", expanding=True)))


def find_log(tx: ReadTx, customer_id: str | None, before: str | None, limit: int) -> Rows:
    """Messages before an id, newest first, of one customer or of all."""
    found: Select[Any] = _LOG.limit(limit)
    if customer_id is not None:
        found = found.where(messages.c.customer_id == customer_id)
    if before is not None:
        found = found.where(messages.c.id < before)
    return tx.execute(found).all()


def find_message(tx: ReadTx, message_id: str) -> Any:
    return tx.execute(_ONE, {"message_id": message_id}).one_or_none()


def find_messages(tx: ReadTx, message_ids: Collection[str]) -> Rows:
    """Messages with these ids, in the order they were made."""
    return tx.execute(_SOME, {"message_ids": list(message_ids)}).all()


def words_of(row: Any) -> tuple[str, str]:
    """The address and the text of a message; empty when erased."""
    payload = msgspec.json.decode(row.payload)
    return payload.get("to", ""), payload.get("text", "")
