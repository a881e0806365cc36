"""The SQL of the export: every row of the shop's file, and the control file's rows of the shop."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, Select, Table, func, select

import daftari.approvals.tables
import daftari.delivery.tables
import daftari.idempotency.tables
import daftari.offline.tables
import daftari.reminders.tables  # noqa: F401  the export has the tables of every room
from daftari.activity.tables import account_activity
from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows, in_parts, shop_tables
from daftari.db.stored import as_written
from daftari.exports.rules.contents import TABLES
from daftari.identity.tables import branches, devices, memberships, people, shops
from daftari.ledger.tables import balances, entries, entry_texts, promises

ROWS_AT_ONCE = 1000
_ACCOUNTS_AT_ONCE = 100
_e, _c = entries.c, customers.c


def table_named(name: str) -> Table:
    return shop_tables.tables[name]


def count_rows(tx: ReadTx) -> dict[str, int]:
    """The number of rows of each table that is exported."""
    counted = {name: select(func.count()).select_from(table_named(name)) for name in TABLES}
    return {name: tx.scalar(count) or 0 for name, count in counted.items()}


def all_rows(tx: ReadTx, name: str) -> Iterator[Rows]:
    """Every row of a table in the order of its key, as the file holds it, some at a time."""
    table = table_named(name)
    columns = [one if isinstance(one.type, Boolean) else as_written(one) for one in table.c]
    return _in_parts(tx, select(*columns).order_by(*table.primary_key.columns))


def customer_rows(tx: ReadTx) -> Iterator[Rows]:
    """The customers by name, for people to read."""
    columns = _c.id, _c.name, _c.nickname, _c.phone, _c.email, _c.neighbourhood, _c.role, _c.note
    return _in_parts(tx, select(*columns).order_by(_c.name_key, _c.id))


def balance_rows(tx: ReadTx) -> Iterator[Rows]:
    """The balances of all customers, by id."""
    b = balances.c
    found = select(b.customer_id, b.currency, b.balance_minor)
    return _in_parts(tx, found.order_by(b.customer_id, b.currency))


_entry = (
    select(
        _e.customer_id,
        _c.name,
        _c.role,
        as_written(_e.occurred_on).label("occurred_on"),
        as_written(_e.due_on).label("due_on"),
        as_written(_e.recorded_at).label("recorded_at"),
        _e.kind,
        _e.effect_minor,
        _e.amount_minor,
        _e.balance_after_minor,
        _e.currency,
        _e.method,
        _e.recorded_by,
        entry_texts.c.note,
        entry_texts.c.taker,
        entry_texts.c.paid_by,
    )
    .join_from(entries, customers, customers.c.id == _e.customer_id)
    .outerjoin(entry_texts, entry_texts.c.entry_id == _e.id)
)


def entry_rows(tx: ReadTx) -> Iterator[Rows]:
    """The entries as they were written, with their texts."""
    return _in_parts(tx, _entry.order_by(_e.sequence))


def account_rows(tx: ReadTx) -> Iterator[Rows]:
    """The entries account by account, in the order of `customer_rows`.

    Some customers at a time: sorting all entries by name would need memory for all of them.
    """
    ids = [row.id for part in customer_rows(tx) for row in part]
    for some in in_parts(ids, _ACCOUNTS_AT_ONCE):
        found = _entry.where(_e.customer_id.in_(some)).order_by(_e.customer_id, _e.sequence)
        place = {customer_id: number for number, customer_id in enumerate(some)}
        yield sorted(tx.execute(found).all(), key=lambda row: place[row.customer_id])


def promise_rows(tx: ReadTx) -> Iterator[Rows]:
    p = promises.c
    found = select(
        _c.name,
        as_written(p.promised_on).label("promised_on"),
        p.amount_minor,
        p.currency,
        p.note,
        as_written(p.made_at).label("made_at"),
        as_written(p.withdrawn_at).label("withdrawn_at"),
    ).join_from(promises, customers)
    return _in_parts(tx, found.order_by(p.made_at, p.id))


def shop_record(tx: ReadTx, shop_id: str) -> dict[str, Any]:
    """The shop's settings, without its id."""
    columns = [as_written(one) for one in shops.c if one.name != "id"]
    row = tx.execute(select(*columns).where(shops.c.id == shop_id)).one()
    return dict(row._mapping)


def control_records(tx: ReadTx, shop_id: str) -> dict[str, list[dict[str, Any]]]:
    """What the control file has of the shop: its people by name and role, its branches, and the
    audit records about it, with the names of the devices.
    """
    m, a, b = memberships.c, account_activity.c, branches.c
    worked = m.shop_id == shop_id
    at = [as_written(one).label(one.name) for one in (m.created_at, m.ended_at)]
    of_people = select(people.c.id, people.c.name, m.role, m.branch_id, *at).join_from(
        memberships, people
    )
    of_devices = select(devices.c.session_id, devices.c.person_id, devices.c.name).join(
        memberships, m.person_id == devices.c.person_id
    )
    audit = [as_written(one) for one in a if one.name != "shop_id"]
    places = [as_written(one) for one in b if one.name != "shop_id"]
    selects: dict[str, Select[Any]] = {
        "people": of_people.where(worked).order_by(people.c.id),
        "branches": select(*places).where(b.shop_id == shop_id).order_by(b.id),
        "account_activity": select(*audit).where(a.shop_id == shop_id).order_by(a.id),
        "devices": of_devices.where(worked).order_by(devices.c.session_id),
    }
    return {name: _records(tx.execute(one)) for name, one in selects.items()}


def _records(rows: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in rows.mappings()]


def _in_parts(tx: ReadTx, found: Select[Any]) -> Iterator[Sequence[Any]]:
    at_once = found.execution_options(yield_per=ROWS_AT_ONCE)
    return tx.execute(at_once).partitions()
