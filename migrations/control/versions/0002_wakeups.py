"""When each shop is to be opened next, and what its people want to hear of."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "wakeups",
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("woken", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_wakeups_shop_id"),
        sa.PrimaryKeyConstraint("shop_id", name="pk_wakeups"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_wakeups_at", "wakeups", ["at"], unique=False)
    op.add_column("shops", sa.Column("digest_hour", sa.Integer(), nullable=True))
    op.add_column("shops", sa.Column("large_reversal_minor", sa.BigInteger(), nullable=True))
    op.execute("UPDATE shops SET digest_hour = 9")
