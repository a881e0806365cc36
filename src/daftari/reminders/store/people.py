"""What the rooms below keep of a customer, as far as a message to him asks."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows
from daftari.delivery.rules import State
from daftari.delivery.tables import messages
from daftari.ledger.tables import balances

_AMONG: BindParameter[Any] = bindparam("customer_ids", expanding=True)
_PEOPLE = select(
    customers.c.id,
    customers.c.name,
    customers.c.phone,
    customers.c.email,
    customers.c.language,
    customers.c.role,
    customers.c.last_payment_on,
).where(customers.c.id.in_(_AMONG))
_OWING = (
    select(balances.c.customer_id, balances.c.currency, balances.c.balance_minor)
    .where(balances.c.customer_id.in_(_AMONG), balances.c.balance_minor > 0)
    .order_by(balances.c.customer_id, balances.c.currency)
)
_GONE = (State.PREPARED, State.CANCELLED, State.FAILED)
_LIVES = messages.c.expires_at > bindparam("at", type_=messages.c.expires_at.type)
_REMINDED = select(
    messages.c.customer_id,
    messages.c.sent_at,
    messages.c.tried_at,
    messages.c.not_before,
).where(
    messages.c.customer_id.in_(_AMONG),
    messages.c.purpose == "reminder",
    messages.c.state.not_in(_GONE),
    or_(messages.c.state != State.READY, messages.c.expires_at.is_(None), _LIVES),
    messages.c.id != bindparam("but"),
)


def find_people(tx: ReadTx, customer_ids: Collection[str]) -> Rows:
    """Who they are and where they can be written to."""
    return tx.execute(_PEOPLE, {"customer_ids": list(customer_ids)}).all()


def find_person(tx: ReadTx, customer_id: str) -> Any:
    """One of them; None for nobody."""
    return tx.execute(_PEOPLE, {"customer_ids": [customer_id]}).one_or_none()


def find_owing(tx: ReadTx, customer_ids: Collection[str]) -> Rows:
    """What they owe, by currency; nothing for what they are owed."""
    return tx.execute(_OWING, {"customer_ids": list(customer_ids)}).all()


def find_reminded(
    tx: ReadTx, customer_ids: Collection[str], at: datetime, but: str
) -> dict[str, datetime]:
    """When each was last reminded, or will be by a message that waits. `but`: not by this one.

    A text that was only prepared, a message that never left or waited too long, reminded nobody.
    """
    reminded: dict[str, datetime] = {}
    rows: Any = tx.execute(_REMINDED, {"customer_ids": list(customer_ids), "at": at, "but": but})
    for customer_id, sent_at, tried_at, not_before in rows:
        at = sent_at or max(tried_at or not_before, not_before)
        reminded[customer_id] = max(at, reminded.get(customer_id, at))
    return reminded
