"""The shop's Hijri date beside Umm al-Qura, and the hour at which its business day ends."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name in ("hijri_shift", "day_ends"):
        op.add_column("shops", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
