"""What a refused item of a phone said, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    added = ("customer_id", "branch_id", "content", "settled_at", "settled_by", "settled_as")
    for column in added:
        op.add_column("sync_refusals", sa.Column(column, sa.Text(), nullable=True))
    op.create_index("ix_sync_refusals_customer_id", "sync_refusals", ["customer_id"])
