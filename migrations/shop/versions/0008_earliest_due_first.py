"""Payments cover the debt that falls due first: what is open of each entry is derived again.

Entries can say what they are for and what they correct. Customers for whom other debts are open now
stand in the audit log, with their oldest due day before and after.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from daftari.kernel.clock import as_text
from daftari.kernel.ids import new_id
from daftari.ledger.rules.allocation import replay
from daftari.ledger.rules.open_items import OpenItem, position

revision = "0008"
down_revision = "0007"

BY_THE_PROGRAM = "daftari"

STANDING = """
SELECT customer_id, customers.role, currency,
sequence, entries.id, occurred_on, due_on, effect_minor
FROM entries JOIN customers ON customers.id = customer_id
WHERE kind <> 'reversal' AND effect_minor <> 0
AND NOT EXISTS (SELECT 1 FROM entries AS reversal WHERE reversal.reverses_id = entries.id)
ORDER BY customer_id, currency
"""
OPEN = (
    "SELECT customer_id, sequence, remaining_minor FROM open_items ORDER BY customer_id, sequence"
)
OLDEST_DUE = """
SELECT min(due_on) FROM open_items JOIN customers ON customers.id = customer_id
WHERE customer_id = :customer AND (effect_minor > 0) = (role <> 'supplier')
"""
ALLOCATE = "INSERT INTO allocations VALUES (:credit, :debit, :amount)"
OPEN_ITEM = """
INSERT INTO open_items VALUES
(:customer, :currency, :sequence, :occurred_on, :due_on, :effect, :remaining, :position)
"""
SET_OLDEST_DUE = """
UPDATE customers SET oldest_due_on = :after, version = (SELECT max(version) + 1 FROM customers)
WHERE id = :customer
"""
NOTE = "INSERT INTO activity VALUES (:id, :at, :by, 'allocate_again', :customer, :details)"


def upgrade() -> None:
    _change_entries()
    before = _open_by_customer()
    _make_open_items_anew()
    _derive()
    after = _open_by_customer()
    for customer_id in sorted(before.keys() | after.keys()):
        if before.get(customer_id) != after.get(customer_id):
            _change_customer(customer_id)


def _change_entries() -> None:
    op.add_column("entries", sa.Column("for_id", sa.Text(), nullable=True))
    op.add_column("entries", sa.Column("corrects_id", sa.Text(), nullable=True))
    op.create_index(
        "ix_entries_customer_id_currency_occurred_on_effect_minor",
        "entries",
        ["customer_id", "currency", "occurred_on", "effect_minor"],
    )
    op.create_index(
        "ix_entries_corrects_id",
        "entries",
        ["corrects_id"],
        sqlite_where=sa.text("corrects_id IS NOT NULL"),
    )


def _make_open_items_anew() -> None:
    op.drop_table("open_items")
    op.create_table(
        "open_items",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("effect_minor", sa.BigInteger(), nullable=False),
        sa.Column("remaining_minor", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_open_items_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "currency", "sequence", name="pk_open_items"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_open_items_due_on_customer_id", "open_items", ["due_on", "customer_id"])
    op.create_index(
        "ix_open_items_customer_id_currency_position",
        "open_items",
        ["customer_id", "currency", "position"],
    )


def _derive() -> None:
    op.execute("DELETE FROM allocations")
    rows = op.get_bind().execute(sa.text(STANDING)).all()
    for (customer_id, role, currency), account in groupby(rows, key=lambda row: row[:3]):
        items = [
            OpenItem(
                number, entry_id, date.fromisoformat(on), due and date.fromisoformat(due), effect, 0
            )
            for _, _, _, number, entry_id, on, due, effect in account
        ]
        replayed = replay(items, -1 if role == "supplier" else 1, {})
        _insert(
            ALLOCATE,
            (
                {"credit": pair.credit_sequence, "debit": pair.debit_sequence, "amount": amount}
                for pair, amount in replayed.allocations.items()
            ),
        )
        _insert(OPEN_ITEM, _open_rows(customer_id, currency, replayed.items.values()))


def _open_rows(
    customer_id: str, currency: str, items: Iterable[OpenItem]
) -> Iterator[dict[str, Any]]:
    for item in items:
        if item.remaining_minor:
            yield {
                "customer": customer_id,
                "currency": currency,
                "sequence": item.sequence,
                "occurred_on": item.occurred_on.isoformat(),
                "due_on": item.due_on and item.due_on.isoformat(),
                "effect": item.effect_minor,
                "remaining": item.remaining_minor,
                "position": position(item),
            }


def _change_customer(customer_id: str) -> None:
    """Update the customer's row and write the audit record."""
    connection, customer = op.get_bind(), {"customer": customer_id}
    before = connection.scalar(
        sa.text("SELECT oldest_due_on FROM customers WHERE id = :customer"), customer
    )
    after = connection.scalar(sa.text(OLDEST_DUE), customer)
    connection.execute(sa.text(SET_OLDEST_DUE), {**customer, "after": after})
    note = {
        "id": new_id(),
        "at": as_text(datetime.now(UTC)),
        "by": BY_THE_PROGRAM,
        "details": json.dumps({"oldest_due_on": [before, after]}),
    }
    connection.execute(sa.text(NOTE), {**customer, **note})


def _open_by_customer() -> dict[str, list[tuple[int, int]]]:
    rows = op.get_bind().execute(sa.text(OPEN))
    return {
        customer_id: [(sequence, remaining) for _, sequence, remaining in items]
        for customer_id, items in groupby(rows, key=lambda row: row[0])
    }


def _insert(statement: str, rows: Iterable[dict[str, Any]]) -> None:
    every = list(rows)
    if every:
        op.get_bind().execute(sa.text(statement), every)
