"""Reviews of who may do what in a shop."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "access_reviews",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_access_reviews_shop_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_access_reviews_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_access_reviews"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_access_reviews_shop_id_at", "access_reviews", ["shop_id", "at"])
