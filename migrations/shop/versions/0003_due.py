"""What was agreed: paydays, promises, plans of instalments."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("customers", sa.Column("payday", sa.Text(), nullable=True))
    op.create_table(
        "promises",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("after_sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_promises_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_promises_customer_id_made_at", "promises", ["customer_id", "made_at"], unique=False
    )
    op.create_index("ix_promises_promised_on", "promises", ["promised_on"], unique=False)
    op.create_table(
        "plans",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_down_minor", sa.BigInteger(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("every", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_plans_customer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_plans_customer_id_made_at", "plans", ["customer_id", "made_at"], unique=False
    )
    op.create_table(
        "plan_entries",
        sa.Column("plan_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_entries_plan_id"),
        sa.PrimaryKeyConstraint("plan_id", "number", name="pk_plan_entries"),
        sa.UniqueConstraint("entry_id", name="uq_plan_entries_entry_id"),
        sqlite_with_rowid=False,
    )
