"""Handovers of a shop, and new phone numbers that are not proved yet."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop_id", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("to_person", sa.Text(), nullable=False),
        sa.Column("stays", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["shop_id"], ["shops.id"], name="fk_handovers_shop_id"),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name="fk_handovers_made_by"),
        sa.ForeignKeyConstraint(["to_person"], ["people.id"], name="fk_handovers_to_person"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_handovers_shop_id", "handovers", ["shop_id"], unique=False)
    op.create_table(
        "phone_proofs",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("first_at", sa.Text(), nullable=False),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_phone_proofs_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_phone_proofs"),
        sqlite_with_rowid=False,
    )
