"""Shared tills, and the pins on them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "tills",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_tills_shop_id"),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_tills_made_by"),
        sa.PrimaryKeyConstraint("id", name="pk_tills"),
        sa.UniqueConstraint("token_hash", name="uq_tills_token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tills_shop_id", "tills", ["shop_id"], unique=False)
    op.create_table(
        "till_pins",
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("pin_hash", sa.LargeBinary(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["till_id"], ["tills.id"], name="fk_till_pins_till_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_till_pins_person_id"),
        sa.PrimaryKeyConstraint("till_id", "person_id", name="pk_till_pins"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_till_pins_person_id", "till_pins", ["person_id"], unique=False)
    op.add_column("sessions", sa.Column("till_id", sa.Text(), nullable=True))
    op.create_index(
        "ix_sessions_till_id_person_id",
        "sessions",
        ["till_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("till_id IS NOT NULL"),
    )
