"""SQL of the snapshot: customers, balances and entries."""

from sqlalchemy import bindparam, func, or_, select

from daftari.customers.rules import DETAILS
from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, highest
from daftari.ledger.tables import (
    balances,
    carried_entries,
    entries,
    entry_texts,
    plan_entries,
    totals,
)

_VERSION = select(highest(customers.c.version))


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
IS_INSTALMENT = select(1).where(plan_entries.c.entry_id == entries.c.id).correlate(entries).exists()
_IS_FIXED = or_(
    IS_INSTALMENT,
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
        entries.c.branch_id.label("branch"),
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
CHANGED = select(customers.c.id).where(_CHANGED_SINCE)
_HOW_MANY_CHANGED = select(func.count()).select_from(customers).where(_CHANGED_SINCE)
_ENTRIES_OF_CHANGED = (
    _ENTRIES.join(customers, customers.c.id == entries.c.customer_id)
    .where(_CHANGED_SINCE, entries.c.sequence >= func.coalesce(_FIRST_SENT, 0))
    .order_by(entries.c.customer_id, entries.c.sequence.desc())
)


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


def find_totals(tx: ReadTx) -> Rows:
    return tx.execute(_TOTALS).all()
