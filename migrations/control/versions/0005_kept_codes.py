"""When a person kept the recovery codes; those of before were shown at sign-up, and asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_SHOWN = """
UPDATE people SET codes_kept_at = created_at WHERE EXISTS (
    SELECT 1 FROM recovery_codes
    WHERE recovery_codes.person_id = people.id AND recovery_codes.spent_at IS NULL
)
"""


def upgrade() -> None:
    op.add_column("people", sa.Column("codes_kept_at", sa.Text(), nullable=True))
    op.execute(_SHOWN)
