"""The corrections of an account are found without reading its other entries."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_index(
        "ix_entries_corrections_of_account",
        "entries",
        ["customer_id", "sequence"],
        sqlite_where=sa.text("corrects_id IS NOT NULL"),
    )
