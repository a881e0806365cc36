"""SQL of what is open, for the snapshot: debts and plans that a payment can be for, and sums by the
day they fall due.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, total
from daftari.ledger.tables import entries, open_items, plan_entries, plans
from daftari.offline.store.snapshot import CHANGED, IS_INSTALMENT

_IS_OWED = or_(
    and_(customers.c.role != "supplier", open_items.c.effect_minor > 0),
    and_(customers.c.role == "supplier", open_items.c.effect_minor < 0),
)


def _open_debts(*of_whom: ColumnElement[bool]) -> Select[Any]:
    by_due_day = func.row_number().over(
        partition_by=open_items.c.customer_id, order_by=open_items.c.position
    )
    told = (
        open_items.c.customer_id,
        entries.c.id,
        open_items.c.remaining_minor,
        open_items.c.currency,
        open_items.c.occurred_on,
        open_items.c.due_on,
    )
    ranked = (
        select(*told, by_due_day.label("place"))
        .join(customers, customers.c.id == open_items.c.customer_id)
        .join(entries, entries.c.sequence == open_items.c.sequence)
        .where(*of_whom, _IS_OWED, open_items.c.sequence > bindparam("beyond"), ~IS_INSTALMENT)
        .subquery("ranked")
    )
    return (
        select(*(ranked.c[column.name] for column in told))
        .where(ranked.c.place <= bindparam("each"))
        .order_by(ranked.c.customer_id, ranked.c.place)
    )


def _open_plans(*of_whom: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            plans.c.customer_id,
            plans.c.id,
            total(open_items.c.remaining_minor),
            plans.c.currency,
            plans.c.note,
        )
        .join(plan_entries, plan_entries.c.plan_id == plans.c.id)
        .join(entries, entries.c.id == plan_entries.c.entry_id)
        .join(
            open_items,
            (open_items.c.customer_id == entries.c.customer_id)
            & (open_items.c.currency == entries.c.currency)
            & (open_items.c.sequence == entries.c.sequence),
        )
        .join(customers, customers.c.id == plans.c.customer_id)
        .where(*of_whom, _IS_OWED)
        .group_by(plans.c.id)
        .order_by(plans.c.made_at.desc(), plans.c.id.desc())
    )


def _due_sums(*of_whom: ColumnElement[bool]) -> Select[Any]:
    """What is open with a due day: of before today as one sum under its first day, of each later
    day by itself. Only what somebody owes has a due day.
    """
    due_on, is_past = open_items.c.due_on, open_items.c.due_on < bindparam("today")
    place = case((is_past, bindparam("today")), else_=due_on)
    return (
        select(
            open_items.c.customer_id,
            open_items.c.currency,
            func.min(due_on),
            total(open_items.c.remaining_minor),
        )
        .where(*of_whom, due_on.is_not(None))
        .group_by(open_items.c.customer_id, open_items.c.currency, is_past, place)
        .order_by(open_items.c.customer_id, open_items.c.currency, func.min(due_on))
    )


# Of some customers each is looked up; of all of them it is quicker to go through the table.
_OPEN_DEBTS = _open_debts()
_OPEN_DEBTS_OF_CHANGED = _open_debts(open_items.c.customer_id.in_(CHANGED))
_DUE_SUMS = _due_sums()
_DUE_SUMS_OF_CHANGED = _due_sums(open_items.c.customer_id.in_(CHANGED))
_OPEN_PLANS = _open_plans()
_OPEN_PLANS_OF_CHANGED = _open_plans(plans.c.customer_id.in_(CHANGED))


def find_open_debts(tx: ReadTx, after: int, beyond: int, each: int) -> Rows:
    """Open debts of customers changed since version `after`, among the entries after a sequence, of
    each customer the first by due day; without the instalments of plans.

    Older ones are scattered over the whole file: ten thousand of them take 0.3 s.
    """
    statement = _OPEN_DEBTS_OF_CHANGED if after else _OPEN_DEBTS
    return tx.execute(statement, {"after": after, "beyond": beyond, "each": each}).all()


def find_open_plans(tx: ReadTx, after: int) -> Rows:
    """Plans with something left, of customers changed since version `after`, newest first."""
    return tx.execute(_OPEN_PLANS_OF_CHANGED if after else _OPEN_PLANS, {"after": after}).all()


def find_due_sums(tx: ReadTx, after: int, today: date) -> Rows:
    """What is open of customers changed since version `after`, by the day it falls due: (customer,
    currency, day, minor units), the earliest first; all that is before today in one sum.
    """
    statement = _DUE_SUMS_OF_CHANGED if after else _DUE_SUMS
    return tx.execute(statement, {"after": after, "today": today}).all()
