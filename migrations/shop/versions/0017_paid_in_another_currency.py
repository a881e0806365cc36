"""A payment keeps what was handed over in another currency than the debt's, and the agreed rate."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("entries", sa.Column("paid_minor", sa.BigInteger(), nullable=True))
    op.add_column("entries", sa.Column("paid_currency", sa.Text(), nullable=True))
    op.add_column("entries", sa.Column("rate_e8", sa.BigInteger(), nullable=True))
    op.add_column("entries", sa.Column("rate_of", sa.Text(), nullable=True))
