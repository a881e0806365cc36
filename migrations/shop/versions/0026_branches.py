"""The branch in which an entry was written, or an action done; NULL for the first branch."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column("entries", sa.Column("branch_id", sa.Text(), nullable=True))
    op.add_column("activity", sa.Column("branch_id", sa.Text(), nullable=True))
