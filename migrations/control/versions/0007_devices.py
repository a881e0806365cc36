"""The audit log says from which device and of which shop; the names of devices stay for it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "devices",
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_devices_person_id"),
        sa.PrimaryKeyConstraint("session_id", name="pk_devices"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_devices_person_id", "devices", ["person_id"], unique=False)
    op.execute("INSERT INTO devices SELECT id, person_id, device FROM sessions")
    op.add_column("account_activity", sa.Column("session_id", sa.Text(), nullable=True))
    op.add_column("account_activity", sa.Column("shop_id", sa.Text(), nullable=True))
    op.execute(
        "UPDATE account_activity SET shop_id = subject_id"
        " WHERE verb IN ('open_shop', 'change_shop')"
    )
    op.create_index(
        "ix_account_activity_shop",
        "account_activity",
        ["shop_id", "at", "id"],
        unique=False,
        sqlite_where=sa.text("shop_id IS NOT NULL"),
    )
