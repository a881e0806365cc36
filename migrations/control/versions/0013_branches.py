"""Branches of shops, and who belongs to which."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "branches",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_first", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_branches_shop_id"),
        sa.PrimaryKeyConstraint("id", name="pk_branches"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_branches_shop_id", "branches", ["shop_id"], unique=False)
    has_branches = sa.Boolean(create_constraint=False)
    op.add_column(
        "shops", sa.Column("has_branches", has_branches, nullable=False, server_default="0")
    )
    op.add_column("memberships", sa.Column("branch_id", sa.Text(), nullable=True))
    op.add_column("memberships", sa.Column("current_branch_id", sa.Text(), nullable=True))
    op.add_column("invitations", sa.Column("branch_id", sa.Text(), nullable=True))
