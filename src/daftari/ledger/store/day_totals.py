"""SQL of the reports of the whole book, over sums that the book keeps."""

from datetime import date

from sqlalchemy import Date, bindparam, func, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, total
from daftari.ledger.tables import balances, day_totals, due_totals, open_items

_SUMS = (total(day_totals.c.entry_count).label("entries"), total(day_totals.c.amount_minor))
_WITHIN = day_totals.c.occurred_on.between(
    bindparam("since", type_=Date), bindparam("until", type_=Date)
)
_BY_PERSON = (day_totals.c.currency, day_totals.c.kind, day_totals.c.sign, day_totals.c.recorded_by)
_OF_PERIOD = select(*_BY_PERSON, *_SUMS).where(_WITHIN).group_by(*_BY_PERSON).order_by(*_BY_PERSON)
_BY_DAY = (
    day_totals.c.occurred_on,
    day_totals.c.currency,
    day_totals.c.kind,
    day_totals.c.sign,
)
_OF_DAYS = select(*_BY_DAY, *_SUMS).where(_WITHIN).group_by(*_BY_DAY).order_by(*_BY_DAY)
_EXPECTED = (
    select(due_totals.c.currency, due_totals.c.due_on, due_totals.c.remaining_minor)
    .where(due_totals.c.direction == 1, due_totals.c.due_on >= bindparam("today", type_=Date))
    .order_by(due_totals.c.currency, due_totals.c.due_on)
)
_UNDATED = (
    select(open_items.c.currency, total(open_items.c.remaining_minor))
    .join(customers, customers.c.id == open_items.c.customer_id)
    .where(
        open_items.c.due_on.is_(None), open_items.c.effect_minor > 0, customers.c.role != "supplier"
    )
    .group_by(open_items.c.currency)
)
_PLACE = func.row_number().over(
    partition_by=balances.c.currency,
    order_by=(balances.c.balance_minor.desc(), balances.c.customer_id.desc()),
)
_PLACED = (
    select(
        balances.c.currency,
        balances.c.customer_id,
        customers.c.name,
        balances.c.balance_minor,
        _PLACE.label("place"),
    )
    .join(customers, customers.c.id == balances.c.customer_id)
    .where(
        balances.c.balance_minor > 0,
        balances.c.currency != bindparam("own"),
        customers.c.role != "supplier",
    )
    .subquery()
)
_LARGEST = (
    select(_PLACED.c.currency, _PLACED.c.customer_id, _PLACED.c.name, _PLACED.c.balance_minor)
    .where(_PLACED.c.place <= bindparam("rows"))
    .order_by(_PLACED.c.currency, _PLACED.c.place)
)


def sum_period(tx: ReadTx, since: date, until: date) -> Rows:
    """What stands of a period: currency, kind, sign of the effect, who wrote it, count, amount."""
    return tx.execute(_OF_PERIOD, {"since": since, "until": until}).all()


def sum_days(tx: ReadTx, since: date, until: date) -> Rows:
    """What stands of each day: day, currency, kind, sign of the effect, count, amount."""
    return tx.execute(_OF_DAYS, {"since": since, "until": until}).all()


def find_expected(tx: ReadTx, today: date) -> Rows:
    """What customers have to pay from today on: currency, due day, amount."""
    return tx.execute(_EXPECTED, {"today": today}).all()


def sum_undated(tx: ReadTx) -> Rows:
    """What customers owe without a due day: currency, amount."""
    return tx.execute(_UNDATED).all()


def find_largest_in_others(tx: ReadTx, own: str, rows: int) -> Rows:
    """The customers who owe most in each other currency than the shop's own: currency, id, name,
    amount.
    """
    return tx.execute(_LARGEST, {"own": own, "rows": rows}).all()
