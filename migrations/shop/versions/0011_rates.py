"""Rates that the owner typed, by which a credit limit counts other currencies."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "rates",
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("rate_e8", sa.BigInteger(), nullable=False),
        sa.Column("typed_on", sa.Date(), nullable=False),
        sa.Column("typed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("currency", name="pk_rates"),
        sqlite_with_rowid=False,
    )
