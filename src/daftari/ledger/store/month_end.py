"""SQL of the month's end: what is late by its age, the largest debts, what was written today."""

from datetime import date, timedelta
from typing import Final

from sqlalchemy import Integer, bindparam, case, distinct, func, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, highest, total
from daftari.ledger.rules.sums import AGES
from daftari.ledger.tables import entries, open_items

NEWEST: Final = 1_000
"""So many entries of the book are looked through for those of today."""

_reversal = entries.alias("reversal")
_due_on = open_items.c.due_on
_age = case(
    *((_due_on >= bindparam(f"age_{age}"), at) for at, age in enumerate(AGES)), else_=len(AGES)
)
# A debt above zero with a due date is a customer's: what a supplier waits for is below zero.
_LATE_BY_AGE = (
    select(
        open_items.c.currency,
        _age.label("age"),
        func.count(distinct(open_items.c.customer_id)).label("customers"),
        total(open_items.c.remaining_minor).label("minor"),
    )
    .where(_due_on < bindparam("today"), open_items.c.effect_minor > 0)
    .group_by(open_items.c.currency, _age)
    .order_by(open_items.c.currency, _age)
)
_LARGEST = (
    select(customers.c.id, customers.c.name, customers.c.nickname, customers.c.balance_minor)
    .where(customers.c.balance_minor > 0, customers.c.role != "supplier")
    .order_by(customers.c.balance_minor.desc(), customers.c.id.desc())
    .limit(bindparam("rows", type_=Integer))
)
# What was taken back, and what takes it back, is not of the day.
_OF_TODAY = (
    entries.c.sequence > select(highest(entries.c.sequence) - NEWEST).scalar_subquery(),
    entries.c.occurred_on == bindparam("today"),
    entries.c.kind != "reversal",
    ~select(1).where(_reversal.c.reverses_id == entries.c.id).correlate(entries).exists(),
)
_joined = entries.join(customers, customers.c.id == entries.c.customer_id)
_TODAYS_SUMS = (
    select(
        customers.c.role,
        entries.c.kind,
        entries.c.currency,
        func.count().label("entries"),
        total(entries.c.amount_minor).label("minor"),
    )
    .select_from(_joined)
    .where(*_OF_TODAY)
    .group_by(customers.c.role, entries.c.kind, entries.c.currency)
    .order_by(customers.c.role, entries.c.kind, entries.c.currency)
)
_TODAYS_NEWEST = (
    select(
        entries.c.customer_id,
        customers.c.name,
        customers.c.role,
        entries.c.kind,
        entries.c.currency,
        entries.c.amount_minor,
    )
    .select_from(_joined)
    .where(*_OF_TODAY)
    .order_by(entries.c.sequence.desc())
    .limit(bindparam("rows", type_=Integer))
)


def find_late_by_age(tx: ReadTx, today: date) -> Rows:
    """What customers are late with: `currency`, `age` (an index into `AGES`, or its length),
    `customers`, `minor`.
    """
    ages = {f"age_{age}": today - timedelta(days=age) for age in AGES}
    return tx.execute(_LATE_BY_AGE, {"today": today, **ages}).all()


def find_largest(tx: ReadTx, rows: int) -> Rows:
    """The customers who owe most in the shop's own currency."""
    return tx.execute(_LARGEST, {"rows": rows}).all()


def sum_today(tx: ReadTx, today: date) -> Rows:
    """Entries of this day that stand: their number and sum by `role`, `kind` and `currency`."""
    return tx.execute(_TODAYS_SUMS, {"today": today}).all()


def find_today(tx: ReadTx, today: date, rows: int) -> Rows:
    """The newest entries of this day that stand."""
    return tx.execute(_TODAYS_NEWEST, {"today": today, "rows": rows}).all()
