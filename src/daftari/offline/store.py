"""SQL of the sync and of the snapshot."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
)

from daftari.customers.rules import DETAILS
from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, WriteTx, highest, insert_new, total
from daftari.ledger.tables import (
    balances,
    carried_entries,
    entries,
    entry_texts,
    open_items,
    plan_entries,
    plans,
    totals,
)
from daftari.offline.tables import refusals

_VERSION = select(highest(customers.c.version))
_REFUSALS = select(refusals).order_by(refusals.c.at.desc(), refusals.c.id.desc())


def note_refusal(tx: WriteTx, row: dict[str, Any], forgotten_before: datetime) -> None:
    """Store a refused item, once for its id; a new one also deletes the oldest."""
    if insert_new(tx, refusals, row):
        tx.execute(delete(refusals).where(refusals.c.at < forgotten_before))


def find_refusals(tx: ReadTx, limit: int) -> Rows:
    """Refused items, newest first."""
    return tx.execute(_REFUSALS.limit(limit)).all()


def find_version(tx: ReadTx) -> int:
    """The version of the customer changed last; 0 in an empty book."""
    version: int = tx.scalar(_VERSION) or 0
    return version


_CUSTOMERS = (
    select(
        customers.c.id,
        customers.c.search_key,
        *(customers.c[detail.column] for detail in DETAILS if detail.is_offline),
        customers.c.frozen_at.is_not(None).label("frozen"),
        customers.c.archived_at.is_not(None).label("archived"),
        customers.c.oldest_due_on,
        customers.c.last_entry_at,
        customers.c.last_payment_on,
    )
    .where(customers.c.version > bindparam("after"))
    .order_by(customers.c.version)
)
_BALANCES = (
    select(balances.c.customer_id, balances.c.currency, balances.c.balance_minor)
    .join(customers, customers.c.id == balances.c.customer_id)
    .where(customers.c.version > bindparam("after"), balances.c.balance_minor != 0)
)
_TOTALS = select(totals).order_by(totals.c.currency)
_HEAD = select(highest(entries.c.sequence))
_older = entries.alias("older")
_reversal = entries.alias("reversal")
_IS_INSTALMENT = (
    select(1).where(plan_entries.c.entry_id == entries.c.id).correlate(entries).exists()
)
_IS_FIXED = or_(
    _IS_INSTALMENT,
    select(1).where(carried_entries.c.entry_id == entries.c.id).correlate(entries).exists(),
)
_ENTRIES = (
    select(
        entries.c.customer_id,
        entries.c.id,
        entries.c.kind,
        entries.c.amount_minor,
        entries.c.effect_minor,
        entries.c.balance_after_minor,
        entries.c.currency,
        entries.c.occurred_on,
        entries.c.recorded_at,
        entries.c.recorded_by,
        entries.c.due_on,
        entries.c.method,
        entry_texts.c.note,
        entry_texts.c.taker,
        entry_texts.c.paid_by,
        entries.c.reverses_id.label("reverses"),
        _reversal.c.id.label("reversed_by"),
        entries.c.corrects_id.label("corrects"),
        _IS_FIXED.label("fixed"),
        entries.c.paid_minor,
        entries.c.paid_currency,
        entries.c.rate_e8,
        entries.c.rate_of,
        entries.c.for_id,
        entries.c.sequence,
    )
    .outerjoin(entry_texts, entry_texts.c.entry_id == entries.c.id)
    .outerjoin(_reversal, _reversal.c.reverses_id == entries.c.id)
    .where(entries.c.sequence > bindparam("beyond"))
)
_END_OF_BOOK = _ENTRIES.order_by(entries.c.sequence.desc())
# The first sequence, among the entries of one customer, that the snapshot contains.
_FIRST_SENT = (
    select(_older.c.sequence)
    .where(_older.c.customer_id == customers.c.id)
    .order_by(_older.c.sequence.desc())
    .limit(1)
    .offset(bindparam("skipped"))
    .scalar_subquery()
)
_CHANGED_SINCE = customers.c.version > bindparam("after")
_CHANGED = select(customers.c.id).where(_CHANGED_SINCE)
_ENTRIES_OF_CHANGED = (
    _ENTRIES.join(customers, customers.c.id == entries.c.customer_id)
    .where(_CHANGED_SINCE, entries.c.sequence >= func.coalesce(_FIRST_SENT, 0))
    .order_by(entries.c.customer_id, entries.c.sequence.desc())
)
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
        .where(*of_whom, _IS_OWED, open_items.c.sequence > bindparam("beyond"), ~_IS_INSTALMENT)
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


# Of some customers each is looked up; of all of them it is quicker to go through the table.
_OPEN_DEBTS = _open_debts()
_OPEN_DEBTS_OF_CHANGED = _open_debts(open_items.c.customer_id.in_(_CHANGED))
_OPEN_PLANS = _open_plans()
_OPEN_PLANS_OF_CHANGED = _open_plans(plans.c.customer_id.in_(_CHANGED))
_HOW_MANY_CHANGED = select(func.count()).select_from(customers).where(_CHANGED_SINCE)


def find_customers(tx: ReadTx, after: int) -> Rows:
    """Customers changed since version `after`."""
    return tx.execute(_CUSTOMERS, {"after": after}).all()


def find_balances(tx: ReadTx, after: int) -> Rows:
    """Balances that are not zero, per customer and currency."""
    return tx.execute(_BALANCES, {"after": after}).all()


def count_changed(tx: ReadTx, after: int) -> int:
    return tx.scalar(_HOW_MANY_CHANGED, {"after": after}) or 0


def find_head(tx: ReadTx) -> int:
    """The sequence of the book's last entry; 0 in an empty book."""
    return tx.scalar(_HEAD) or 0


def find_entries(tx: ReadTx, beyond: int) -> Rows:
    """All entries after a sequence, newest first: one scan over the end of the book."""
    return tx.execute(_END_OF_BOOK, {"beyond": beyond}).all()


def find_entries_of_changed(tx: ReadTx, after: int, beyond: int, each: int) -> Rows:
    """The last `each` of these entries for every customer changed since version `after`.

    For few customers: each entry is looked up by itself.
    """
    asked = {"after": after, "beyond": beyond, "skipped": each - 1}
    return tx.execute(_ENTRIES_OF_CHANGED, asked).all()


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


def find_totals(tx: ReadTx) -> Rows:
    return tx.execute(_TOTALS).all()
