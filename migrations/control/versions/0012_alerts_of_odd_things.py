"""From where on odd things make an alert: a shop's own thresholds."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_NUMBERS = (
    "many_reversals",
    "night_from",
    "night_until",
    "many_accounts",
    "on_export",
    "on_new_phone",
)


def upgrade() -> None:
    op.add_column("shops", sa.Column("large_at_night_minor", sa.BigInteger(), nullable=True))
    for name in _NUMBERS:
        op.add_column("shops", sa.Column(name, sa.Integer(), nullable=True))
