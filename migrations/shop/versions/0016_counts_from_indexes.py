"""What is due is counted, and whether anybody is archived is told, from an index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.drop_index("ix_customers_oldest_due_on_id", "customers")
    op.create_index(
        "ix_customers_oldest_due_on_id_role", "customers", ["oldest_due_on", "id", "role"]
    )
    op.create_index(
        "ix_customers_archived_at",
        "customers",
        ["archived_at"],
        sqlite_where=sa.text("archived_at IS NOT NULL"),
    )
