"""In which session a pin of a till was set; unknown for those of before."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("till_pins", sa.Column("set_in", sa.Text(), nullable=True))
