"""From which session an entry or an action came; entries and actions are found by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("entries", sa.Column("session_id", sa.Text(), nullable=True))
    op.add_column("activity", sa.Column("session_id", sa.Text(), nullable=True))
    op.create_index(
        "ix_entries_recorded_at_recorded_by_kind",
        "entries",
        ["recorded_at", "recorded_by", "kind"],
    )
    op.create_index("ix_activity_at_id", "activity", ["at", "id"])
