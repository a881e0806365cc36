"""SQL of entries that can have a receipt, and of their receipts."""

from typing import Any

from sqlalchemy import bindparam, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, highest
from daftari.delivery.rules import State
from daftari.delivery.tables import messages
from daftari.ledger.tables import allocations, entries
from daftari.reminders.store.log import words_of

BY_ITSELF = ("debt", "payment")
"""Kinds of entries that can have an automatic receipt."""

_debit = entries.alias("debit")
_LINE = select(
    entries.c.sequence,
    entries.c.id,
    entries.c.customer_id,
    entries.c.kind,
    entries.c.amount_minor,
    entries.c.effect_minor,
    entries.c.balance_after_minor,
    entries.c.currency,
    entries.c.paid_minor,
    entries.c.paid_currency,
    entries.c.rate_e8,
    entries.c.rate_of,
    entries.c.recorded_at,
    customers.c.name,
    customers.c.phone,
    customers.c.email,
    customers.c.language,
    customers.c.role,
).join(customers, customers.c.id == entries.c.customer_id)
_ONE = _LINE.where(entries.c.id == bindparam("entry_id"))
_AFTER = _LINE.where(
    entries.c.sequence > bindparam("after"), entries.c.kind.in_(BY_ITSELF)
).order_by(entries.c.sequence)
_LAST_OF_CUSTOMER = (
    select(entries.c.id)
    .where(entries.c.customer_id == bindparam("customer_id"), entries.c.kind.in_(BY_ITSELF))
    .order_by(entries.c.sequence.desc())
    .limit(1)
)
_COVERS = (
    select(_debit.c.occurred_on, allocations.c.amount_minor)
    .join(_debit, _debit.c.sequence == allocations.c.debit_sequence)
    .where(allocations.c.credit_sequence == bindparam("sequence"))
    .order_by(_debit.c.due_on.nulls_last(), _debit.c.occurred_on, allocations.c.amount_minor)
)
_GONE = (State.CANCELLED, State.FAILED)
_MADE = (
    select(messages)
    .where(messages.c.dedupe >= bindparam("key"), messages.c.dedupe < bindparam("end"))
    .order_by(messages.c.created_at, messages.c.id)
)
_LAST = select(highest(entries.c.sequence))
_REVERSAL = select(entries.c.id).where(entries.c.reverses_id == bindparam("entry_id"))


def find_last_entry(tx: ReadTx, customer_id: str) -> str:
    """The id of the customer's last debt or payment; '' where he has none."""
    return tx.execute(_LAST_OF_CUSTOMER, {"customer_id": customer_id}).scalar_one_or_none() or ""


def find_entry(tx: ReadTx, entry_id: str) -> Any:
    """An entry with its customer; None for an unknown id."""
    return tx.execute(_ONE, {"entry_id": entry_id}).one_or_none()


def find_lines_after(tx: ReadTx, sequence: int, limit: int) -> Rows:
    """Debts and payments recorded after an entry, oldest first."""
    return tx.execute(_AFTER.limit(limit), {"after": sequence}).all()


def find_covers(tx: ReadTx, sequence: int) -> Rows:
    """The debts this payment is allocated to, with the amounts; what falls due first is first."""
    return tx.execute(_COVERS, {"sequence": sequence}).all()


def receipt_key(entry_id: str, channel: str, number: int = 0) -> str:
    """The deduplication key of a receipt. `number`: how many there were before it."""
    key = f"receipt:{entry_id}:{channel}"
    return f"{key}:{number}" if number else key


def find_made(tx: ReadTx, entry_id: str, channel: str) -> Rows:
    """Receipts of an entry on one channel, oldest first."""
    key = receipt_key(entry_id, channel)
    return tx.execute(_MADE, {"key": key, "end": f"{key};"}).all()


def stands(receipt: Any, entry: Any) -> bool:
    """Whether a receipt was or will be sent to the customer's current address: then no other is
    made.
    """
    address = entry.email if receipt.channel == "email" else entry.phone
    return receipt.state not in _GONE and words_of(receipt)[0] == address


def find_last_sequence(tx: ReadTx) -> int:
    last: int = tx.scalar(_LAST) or 0
    return last


def is_reversed(tx: ReadTx, entry_id: str) -> bool:
    return tx.scalar(_REVERSAL, {"entry_id": entry_id}) is not None
