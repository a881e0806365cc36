"""A settled customer can be archived: out of the list, and nothing of him lost."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("customers", sa.Column("archived_at", sa.Text()))
    op.add_column("customers", sa.Column("archived_by", sa.Text()))
