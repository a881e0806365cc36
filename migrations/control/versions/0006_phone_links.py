"""Links by which a second phone comes in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "phone_links",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("spent_at", sa.Text(), nullable=True),
        sa.Column("passkey_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_phone_links_person_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_phone_links"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_phone_links_person_id", "phone_links", ["person_id"], unique=False)
