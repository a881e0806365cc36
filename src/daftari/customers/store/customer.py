"""SQL of customers. The statement that every entry runs is built once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, select, update

from daftari.customers.rules import AccountSummary, Customer, Details
from daftari.customers.tables import customers
from daftari.db.base import ReadTx, WriteTx, next_number
from daftari.db.prepared import prepared

_NEXT_VERSION = {"version": next_number(customers.c.version)}
_STANDING = [customers.c[name] for name in AccountSummary.__slots__]
_set_summary = prepared(
    update(customers)
    .where(customers.c.id == bindparam("customer"))
    .values({column: bindparam(f"new_{column.name}", type_=column.type) for column in _STANDING})
    .values(_NEXT_VERSION)
)


def find(tx: ReadTx, customer_id: str) -> Customer | None:
    row = tx.execute(select(customers).where(customers.c.id == customer_id)).mappings().first()
    return None if row is None else _as_customer(row)


def same_name(tx: ReadTx, name_key: str, limit: int = 5) -> Sequence[Customer]:
    """Customers with the same normalised name, oldest first."""
    namesakes = select(customers).where(customers.c.name_key == name_key)
    rows = tx.execute(namesakes.order_by(customers.c.id).limit(limit)).mappings()
    return [_as_customer(row) for row in rows]


def insert_customer(tx: WriteTx, values: Mapping[str, Any]) -> None:
    tx.execute(insert(customers).values({**values, **_NEXT_VERSION}))


def change(tx: WriteTx, customer_id: str, values: Mapping[str, Any]) -> None:
    changed = update(customers).where(customers.c.id == customer_id)
    tx.execute(changed.values({**values, **_NEXT_VERSION}))


def set_frozen(tx: WriteTx, customer_id: str, at: datetime | None, by: str | None) -> None:
    """Freeze a customer; `at` and `by` None to unfreeze."""
    change(tx, customer_id, {"frozen_at": at, "frozen_by": by})


def set_archived(
    tx: WriteTx, customer_id: str, at: datetime | None, by: str | None, into: str | None = None
) -> None:
    """Archive a customer; `at` and `by` None to bring him back. `into`: the account that has taken
    over what was open.
    """
    change(tx, customer_id, {"archived_at": at, "archived_by": by, "merged_into": into})


def set_account_summary(tx: WriteTx, customer_id: str, standing: AccountSummary) -> bool:
    """Store the account summary. True when the customer exists."""
    values = {f"new_{name}": getattr(standing, name) for name in AccountSummary.__slots__}
    return tx.execute(_set_summary, {"customer": customer_id, **values}).rowcount == 1


def _as_customer(row: RowMapping) -> Customer:
    return Customer(
        id=row["id"],
        details=Details.of(row),
        source=row["source"],
        created_at=row["created_at"],
        frozen_at=row["frozen_at"],
        archived_at=row["archived_at"],
        merged_into=row["merged_into"],
        last_entry_at=row["last_entry_at"],
    )
