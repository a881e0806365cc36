"""SQL of customers' data that a message needs, from the tables of other packages."""

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
    """Customers with their addresses."""
    return tx.execute(_PEOPLE, {"customer_ids": list(customer_ids)}).all()


def find_person(tx: ReadTx, customer_id: str) -> Any:
    """One customer; None for an unknown id."""
    return tx.execute(_PEOPLE, {"customer_ids": [customer_id]}).one_or_none()


def find_owing(tx: ReadTx, customer_ids: Collection[str]) -> Rows:
    """Amounts that customers owe, by currency; balances in their favour are left out."""
    return tx.execute(_OWING, {"customer_ids": list(customer_ids)}).all()


def find_reminded(
    tx: ReadTx, customer_ids: Collection[str], at: datetime, but: str
) -> dict[str, datetime]:
    """The time of each customer's last reminder, or of one that waits. `but`: a message to ignore.

    Prepared texts and messages that failed or expired do not count.
    """
    reminded: dict[str, datetime] = {}
    rows: Any = tx.execute(_REMINDED, {"customer_ids": list(customer_ids), "at": at, "but": but})
    for customer_id, sent_at, tried_at, not_before in rows:
        at = sent_at or max(tried_at or not_before, not_before)
        reminded[customer_id] = max(at, reminded.get(customer_id, at))
    return reminded
