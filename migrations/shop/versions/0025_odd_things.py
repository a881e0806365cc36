"""Reversals, corrections and alerts are found without a walk over all rows."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    for name in ("corrects_id", "reverses_id"):
        op.create_index(
            f"ix_entries_{name.partition('_')[0]}_by_time",
            "entries",
            ["sequence", "recorded_at", "recorded_by"],
            sqlite_where=sa.text(f"{name} IS NOT NULL"),
        )
    op.create_index("ix_alerts_subject_id_kind_at", "alerts", ["subject_id", "kind", "at"])
