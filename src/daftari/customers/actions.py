"""The verbs of customers. Each is one short write inside the caller's transaction."""

from datetime import date, datetime

from daftari.customers import store
from daftari.db.base import Tx
from daftari.kernel.refusal import Missing


def set_standing(
    tx: Tx,
    customer_id: str,
    *,
    balance_minor: int,
    oldest_due_on: date | None,
    last_entry_at: datetime | None,
    last_payment_on: date | None,
) -> None:
    """Write where the customer stands after an entry; the ledger calls it in the entry's own
    transaction.

    All four are the new full values: the balance in the shop's own currency, the earliest due date
    of what is still open, the moment of the newest entry, the day of the newest payment.
    Raises `Missing` for a customer that is not there.
    """
    if not store.set_standing(
        tx, customer_id, balance_minor, oldest_due_on, last_entry_at, last_payment_on
    ):
        raise Missing(customer_id)
