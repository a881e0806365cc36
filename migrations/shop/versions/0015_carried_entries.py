"""Two accounts of one person: what is open of one is carried over to the other."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("customers", sa.Column("merged_into", sa.Text()))
    op.create_table(
        "carried_entries",
        sa.Column("carry_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("carry_id", "number", name="pk_carried_entries"),
        sa.UniqueConstraint("entry_id", name="uq_carried_entries_entry_id"),
        sqlite_with_rowid=False,
    )
