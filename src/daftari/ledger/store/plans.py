"""SQL of instalment plans, and of the open amounts of their entries."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, insert, select

from daftari.db.base import ReadTx, WriteTx
from daftari.ledger.tables import entries, open_items, plan_entries, plans

_reversal = entries.alias("reversal")


class FoundPlan(NamedTuple):
    id: str
    customer_id: str
    currency: str
    price_minor: int
    paid_down_minor: int
    every: str
    note: str
    made_at: datetime
    made_by: str


class InstalmentRow(NamedTuple):
    """An instalment. `remaining_minor`: its open amount, 0 when it is settled or reversed."""

    plan_id: str
    number: int
    entry_id: str
    amount_minor: int
    due_on: date
    remaining_minor: int
    is_reversed: bool


_PLANS = select(*(plans.c[name] for name in FoundPlan._fields))
_ONE = _PLANS.where(plans.c.id == bindparam("plan_id"))
_OF_CUSTOMER = _PLANS.where(plans.c.customer_id == bindparam("customer_id")).order_by(
    plans.c.made_at.desc(), plans.c.id.desc()
)
_PARTS = (
    select(
        plan_entries.c.plan_id,
        plan_entries.c.number,
        plan_entries.c.entry_id,
        entries.c.amount_minor,
        entries.c.due_on,
        func.coalesce(open_items.c.remaining_minor, 0),
        _reversal.c.id.is_not(None),
    )
    .join(entries, entries.c.id == plan_entries.c.entry_id)
    .outerjoin(
        open_items,
        (open_items.c.customer_id == entries.c.customer_id)
        & (open_items.c.currency == entries.c.currency)
        & (open_items.c.sequence == entries.c.sequence),
    )
    .outerjoin(_reversal, _reversal.c.reverses_id == entries.c.id)
    .order_by(plan_entries.c.plan_id, plan_entries.c.number)
)
_PARTS_OF_ONE = _PARTS.where(plan_entries.c.plan_id == bindparam("plan_id"))
_PARTS_OF_CUSTOMER = _PARTS.join(plans, plans.c.id == plan_entries.c.plan_id).where(
    plans.c.customer_id == bindparam("customer_id")
)
_INSERT = insert(plans)
_INSERT_PARTS = insert(plan_entries)


def find_plan(tx: ReadTx, plan_id: str) -> FoundPlan | None:
    row = tx.execute(_ONE, {"plan_id": plan_id}).one_or_none()
    return None if row is None else FoundPlan._make(row)


def find_plans(tx: ReadTx, customer_id: str) -> list[FoundPlan]:
    """Plans of a customer, newest first."""
    return [FoundPlan._make(row) for row in tx.execute(_OF_CUSTOMER, {"customer_id": customer_id})]


def find_parts(tx: ReadTx, plan_id: str) -> list[InstalmentRow]:
    """The instalments of a plan in their order."""
    return _parts(tx, _PARTS_OF_ONE, {"plan_id": plan_id})


def find_parts_of(tx: ReadTx, customer_id: str) -> list[InstalmentRow]:
    """The instalments of all plans of a customer."""
    return _parts(tx, _PARTS_OF_CUSTOMER, {"customer_id": customer_id})


def insert_plan(tx: WriteTx, values: Mapping[str, Any], entry_ids: Mapping[int, str]) -> None:
    """Insert a plan. `entry_ids`: the entry of each instalment, by its number."""
    tx.execute(_INSERT, values)
    parts = [
        {"plan_id": values["id"], "number": number, "entry_id": entry_id}
        for number, entry_id in entry_ids.items()
    ]
    tx.execute(_INSERT_PARTS, parts)


def _parts(tx: ReadTx, statement: Select[Any], place: Mapping[str, str]) -> list[InstalmentRow]:
    return [InstalmentRow._make(row) for row in tx.execute(statement, place)]
