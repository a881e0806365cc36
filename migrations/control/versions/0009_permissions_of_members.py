"""Permissions that are granted to one member, or denied."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name in ("granted", "denied"):
        column = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("memberships", column)
