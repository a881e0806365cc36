"""What is open by the day it falls due, kept beside the open items; the list is counted by role."""

import sqlalchemy as sa
from alembic import op

from daftari.db.ddl import CHANGES, KeepSums

revision = "0024"
down_revision = "0023"

DIRECTION = "CASE WHEN {row}.effect_minor > 0 THEN 1 ELSE -1 END"


def upgrade() -> None:
    op.create_index(
        "ix_customers_role_archived_at",
        "customers",
        ["role", "archived_at"],
        sqlite_where=sa.text("archived_at IS NULL"),
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "due_totals",
        sa.Column("direction", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("remaining_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("direction", "currency", "due_on", name="pk_due_totals"),
        sqlite_with_rowid=False,
    )
    direction = DIRECTION.format(row="open_items")
    op.execute(
        "INSERT INTO due_totals (direction, currency, due_on, remaining_minor) "
        f"SELECT {direction}, currency, due_on, SUM(remaining_minor) FROM open_items "
        f"WHERE due_on IS NOT NULL GROUP BY {direction}, currency, due_on"
    )
    by = {"direction": DIRECTION, "currency": "{row}.currency", "due_on": "{row}.due_on"}
    for change in CHANGES:
        op.execute(
            KeepSums(
                change, "open_items", "remaining_minor", sums="due_totals", by=by, given="due_on"
            )
        )
