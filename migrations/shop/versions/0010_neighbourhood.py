"""Where a customer lives, in a word or two."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    column = sa.Column("neighbourhood", sa.Text(), server_default="", nullable=False)
    op.add_column("customers", column)
