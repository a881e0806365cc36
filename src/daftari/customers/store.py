"""The SQL of customers. Statements that every entry runs are built once."""

from datetime import date, datetime

from sqlalchemy import bindparam, update

from daftari.customers.tables import customers
from daftari.db.base import Tx

_STANDING = ("balance_minor", "oldest_due_on", "last_entry_at", "last_payment_on")

_set_standing = (
    update(customers)
    .where(customers.c.id == bindparam("customer"))
    .values({name: bindparam(f"new_{name}", type_=customers.c[name].type) for name in _STANDING})
)


def set_standing(
    tx: Tx,
    customer_id: str,
    balance_minor: int,
    oldest_due_on: date | None,
    last_entry_at: datetime | None,
    last_payment_on: date | None,
) -> bool:
    """True when there is such a customer."""
    values = {
        "customer": customer_id,
        "new_balance_minor": balance_minor,
        "new_oldest_due_on": oldest_due_on,
        "new_last_entry_at": last_entry_at,
        "new_last_payment_on": last_payment_on,
    }
    return tx.execute(_set_standing, values).rowcount == 1
