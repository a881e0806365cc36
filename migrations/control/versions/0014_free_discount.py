"""The discount that needs no approval."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("shops", sa.Column("free_discount", sa.Integer(), nullable=True))
