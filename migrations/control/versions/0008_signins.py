"""A challenge is bound to its browser, a spent one known for a day; everybody has a sign-in list.

Challenges that wait belong to no browser: they are deleted, and whoever answers one is told to try
again. Codes that wait to be shown stay. Sessions of before begin the list.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_BEFORE = """
INSERT INTO signins
    (id, person_id, kind, device, first_at, at, times, session_id, is_new_phone)
SELECT id, person_id, CASE WHEN passkey_id IS NULL THEN 'before' ELSE 'passkey' END, device,
    created_at, created_at, 1, id, 0
FROM sessions
"""


def upgrade() -> None:
    op.execute("DELETE FROM challenges WHERE purpose <> 'show_codes'")
    op.add_column("challenges", sa.Column("asked_by", sa.LargeBinary(), nullable=True))
    op.add_column("passkeys", sa.Column("session_id", sa.Text(), nullable=True))
    op.add_column("recovery_codes", sa.Column("session_id", sa.Text(), nullable=True))
    _create_spent_challenges()
    _create_signins()
    op.execute(_BEFORE)


def _create_spent_challenges() -> None:
    op.create_table(
        "spent_challenges",
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("known_until", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_spent_challenges_person_id"),
        sa.PrimaryKeyConstraint("challenge", name="pk_spent_challenges"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_spent_challenges_known_until", "spent_challenges", ["known_until"])


def _create_signins() -> None:
    op.create_table(
        "signins",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("first_at", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=True),
        sa.Column("is_new_phone", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_signins_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signins"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_signins_person_id_at_id", "signins", ["person_id", "at", "id"])
