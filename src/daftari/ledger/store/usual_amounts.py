"""SQL of the amounts that the entry sheet measures a new one by."""

from datetime import date

from sqlalchemy import Integer, bindparam, func, select

from daftari.db.base import ReadTx, total
from daftari.ledger.tables import entries, open_items

_LATE = (
    select(open_items.c.currency, total(open_items.c.remaining_minor).label("late_minor"))
    .where(
        open_items.c.customer_id == bindparam("customer_id"),
        open_items.c.effect_minor * bindparam("owing") > 0,
        open_items.c.due_on < bindparam("today"),
    )
    .group_by(open_items.c.currency)
)
_LARGEST = (
    select(entries.c.currency, func.max(func.abs(entries.c.effect_minor)))
    .where(entries.c.customer_id == bindparam("customer_id"))
    .group_by(entries.c.currency)
)
_NEWEST = (
    select(entries.c.currency, entries.c.amount_minor)
    .order_by(entries.c.sequence.desc())
    .limit(bindparam("most", type_=Integer))
    .subquery("newest")
)
_LARGEST_OF_SHOP = select(_NEWEST.c.currency, func.max(_NEWEST.c.amount_minor)).group_by(
    _NEWEST.c.currency
)
NEWEST_OF_SHOP = 1_000


def find_late_sums(tx: ReadTx, customer_id: str, owing: int, today: date) -> dict[str, int]:
    """What is left of the debts that fell due before today, by currency, in minor units."""
    place = {"customer_id": customer_id, "owing": owing, "today": today}
    return {one.currency: one.late_minor for one in tx.execute(_LATE, place)}


def find_largest_amounts(tx: ReadTx, customer_id: str) -> dict[str, int]:
    """The largest amount of a customer by currency, in minor units; where he has none, that of the
    newest entries of the shop."""
    of_shop = tx.execute(_LARGEST_OF_SHOP, {"most": NEWEST_OF_SHOP})
    of_customer = tx.execute(_LARGEST, {"customer_id": customer_id})
    return {currency: minor for rows in (of_shop, of_customer) for currency, minor in rows}
