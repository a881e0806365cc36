"""A session knows the passkey that started it; it was found by equal times in the audit log.

Where two passkeys signed one person in within a millisecond, neither is told.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_PASSKEYS = """
UPDATE sessions SET passkey_id = begun.passkey_id
FROM (
    SELECT person_id, at, min(subject_id) AS passkey_id FROM account_activity
    WHERE verb IN ('sign_in', 'add_passkey')
    GROUP BY person_id, at HAVING count(DISTINCT subject_id) = 1
) AS begun
WHERE begun.person_id = sessions.person_id AND begun.at = sessions.created_at
"""


def upgrade() -> None:
    op.add_column("sessions", sa.Column("passkey_id", sa.Text(), nullable=True))
    op.execute(_PASSKEYS)
