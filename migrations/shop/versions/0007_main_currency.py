"""The main currency of a book is stored in its own file, beside what is counted in it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "main_currency",
        sa.Column("code", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_main_currency"),
        sqlite_with_rowid=False,
    )
