"""A session can lie on the counter with one account, and locks itself after some minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("sessions", sa.Column("counter_shop_id", sa.Text(), nullable=True))
    op.add_column("sessions", sa.Column("counter_customer_id", sa.Text(), nullable=True))
    lock_after = sa.Column("lock_after", sa.Integer(), server_default="0", nullable=False)
    op.add_column("sessions", lock_after)
