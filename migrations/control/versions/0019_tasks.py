"""Long work in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("ended_at", sa.Text()),
        sa.Column("expires_at", sa.Text()),
        sa.Column("file_bytes", sa.BigInteger()),
        sa.Column("told_at", sa.Text()),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_tasks_shop_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_tasks_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tasks_shop_id_asked_at", "tasks", ["shop_id", "asked_at"])
    op.create_index("ix_tasks_state_expires_at", "tasks", ["state", "expires_at"])
