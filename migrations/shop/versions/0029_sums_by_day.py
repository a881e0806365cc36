"""What stands by civil day, kind and who wrote it, kept beside the entries for the reports."""

import sqlalchemy as sa
from alembic import op

from daftari.db.ddl import CountRows

revision = "0029"
down_revision = "0028"

BY = {
    "occurred_on": "{row}.occurred_on",
    "currency": "{row}.currency",
    "kind": "{row}.kind",
    "sign": "CASE WHEN {row}.effect_minor > 0 THEN 1 WHEN {row}.effect_minor < 0 THEN -1 "
    "ELSE 0 END",
    "branch": "COALESCE({row}.branch_id, '')",
    "recorded_by": "{row}.recorded_by",
}


def upgrade() -> None:
    op.create_table(
        "day_totals",
        sa.Column("occurred_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("sign", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("branch", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("recorded_by", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*BY, name="pk_day_totals"),
        sqlite_with_rowid=False,
    )
    new, old = (
        ", ".join(f"{value} AS {name}" for name, value in placed.items())
        for placed in (
            {name: value.format(row=row) for name, value in BY.items()} for row in ("e", "o")
        )
    )
    keys = ", ".join(BY)
    op.execute(
        f"INSERT INTO day_totals ({keys}, entry_count, amount_minor) "
        f"SELECT {keys}, SUM(entry_count), SUM(amount_minor) FROM ("
        f"SELECT {new}, 1 AS entry_count, e.amount_minor FROM entries AS e UNION ALL "
        f"SELECT {old}, -1, -o.amount_minor FROM entries AS e "
        f"JOIN entries AS o ON o.id = e.reverses_id) AS every GROUP BY {keys}"
    )
    for takes_back in (False, True):
        op.execute(
            CountRows("entries", "amount_minor", sums="day_totals", by=BY, takes_back=takes_back)
        )
