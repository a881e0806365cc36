"""SQL of what a payment can be for: debts and plans."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, func, or_, select, union_all

from daftari.customers.tables import customers
from daftari.db.base import ReadTx
from daftari.ledger.rules.targets import Target
from daftari.ledger.tables import allocations, entries, open_items, plan_entries

_named = entries.alias("named")
_reversal = entries.alias("reversal")
_FIRST_ID = func.coalesce(_named.c.corrects_id, _named.c.id).label("first_id")
_FIRSTS = union_all(
    select(_FIRST_ID).where(_named.c.id == bindparam("for_id")),
    select(_FIRST_ID)
    .join(plan_entries, plan_entries.c.entry_id == _named.c.id)
    .where(plan_entries.c.plan_id == bindparam("for_id")),
).subquery("firsts")
_DEBTS = (
    select(entries.c.customer_id, entries.c.currency, _reversal.c.id.is_(None))
    .join(
        _FIRSTS,
        (entries.c.id == _FIRSTS.c.first_id) | (entries.c.corrects_id == _FIRSTS.c.first_id),
    )
    .join(customers, customers.c.id == entries.c.customer_id)
    .outerjoin(_reversal, _reversal.c.reverses_id == entries.c.id)
    .where(
        entries.c.kind != "reversal",
        ((entries.c.effect_minor > 0) & (customers.c.role != "supplier"))
        | ((entries.c.effect_minor < 0) & (customers.c.role == "supplier")),
    )
)
_OPEN_DEBTS = (
    select(
        entries.c.id,
        open_items.c.currency,
        open_items.c.remaining_minor,
        open_items.c.occurred_on,
        open_items.c.due_on,
    )
    .join(entries, entries.c.sequence == open_items.c.sequence)
    .where(
        open_items.c.customer_id == bindparam("customer_id"),
        open_items.c.currency == bindparam("currency"),
        open_items.c.effect_minor * bindparam("owing") > 0,
    )
    .order_by(open_items.c.position)
    .limit(bindparam("most", type_=Integer))
)
_HOW_MANY_DATED = select(func.count()).where(
    open_items.c.customer_id == bindparam("customer_id"),
    open_items.c.effect_minor * bindparam("owing") > 0,
    open_items.c.due_on.is_not(None),
)
_COVERED_DEBTS = (
    select(
        entries.c.id,
        entries.c.currency,
        allocations.c.amount_minor,
        entries.c.occurred_on,
        entries.c.due_on,
    )
    .join(
        allocations,
        or_(
            (allocations.c.debit_sequence == entries.c.sequence)
            & (allocations.c.credit_sequence == bindparam("sequence")),
            (allocations.c.credit_sequence == entries.c.sequence)
            & (allocations.c.debit_sequence == bindparam("sequence")),
        ),
    )
    .order_by(entries.c.occurred_on, entries.c.sequence)
)
_FIRST = select(_FIRST_ID).where(_named.c.id == bindparam("for_id")).scalar_subquery()
_LAST_VERSION = (
    select(
        entries.c.id,
        entries.c.currency,
        entries.c.amount_minor,
        entries.c.occurred_on,
        entries.c.due_on,
    )
    .where((entries.c.id == _FIRST) | (entries.c.corrects_id == _FIRST))
    .order_by(entries.c.sequence.desc())
    .limit(1)
)


class OpenDebt(NamedTuple):
    """A debt that a payment can be for, and how much of it is open."""

    id: str
    currency: str
    remaining_minor: int
    occurred_on: date
    due_on: date | None


def find_target(tx: ReadTx, for_id: str) -> Target | None:
    """The debt or plan with this id; a debt that was corrected since stands as it is now."""
    debts = tx.execute(_DEBTS, {"for_id": for_id}).all()
    if not debts:
        return None
    customer_id, currency, _ = debts[0]
    return Target(customer_id, currency, any(stands for _, _, stands in debts))


def find_open_debts(
    tx: ReadTx, customer_id: str, owing: int, currencies: Iterable[str], most: int
) -> list[OpenDebt]:
    """At most so many open debts of a customer in these currencies, those that fall due first.

    Of each currency no more are read than are asked for.
    """
    place = {"customer_id": customer_id, "owing": owing, "most": most}
    found = (
        OpenDebt._make(row)
        for currency in currencies
        for row in tx.execute(_OPEN_DEBTS, {**place, "currency": currency})
    )
    return sorted(found, key=falls_due)[:most]


def falls_due(debt: OpenDebt) -> tuple[date, date]:
    """The order of debts: the earliest due day first, those without one last, oldest first."""
    return debt.due_on or date.max, debt.occurred_on


def count_dated_debts(tx: ReadTx, customer_id: str, owing: int) -> int:
    """How many open debts of a customer have a due date."""
    return tx.scalar(_HOW_MANY_DATED, {"customer_id": customer_id, "owing": owing}) or 0


def find_covered_debts(tx: ReadTx, sequence: int) -> list[OpenDebt]:
    """The debts that a payment covers, open by what it covers of them."""
    return [OpenDebt._make(row) for row in tx.execute(_COVERED_DEBTS, {"sequence": sequence})]


def find_debt(tx: ReadTx, for_id: str) -> OpenDebt | None:
    """The debt with this id as it was last corrected, with its whole amount; None for a plan."""
    row = tx.execute(_LAST_VERSION, {"for_id": for_id}).one_or_none()
    return None if row is None else OpenDebt._make(row)
