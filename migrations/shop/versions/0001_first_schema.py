"""The first schema."""

import sqlalchemy as sa
from alembic import op

from daftari.db.ddl import RefuseChange

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_activity_subject_id_id", "activity", ["subject_id", "id"], unique=False)
    op.create_table(
        "customers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("credit_limit_minor", sa.BigInteger(), nullable=True),
        sa.Column("due_days", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.Text(), nullable=True),
        sa.Column("frozen_by", sa.Text(), nullable=True),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("oldest_due_on", sa.Date(), nullable=True),
        sa.Column("last_entry_at", sa.Text(), nullable=True),
        sa.Column("last_payment_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customers"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_customers_balance_minor_id", "customers", ["balance_minor", "id"], unique=False
    )
    op.create_index(
        "ix_customers_last_entry_at_id", "customers", ["last_entry_at", "id"], unique=False
    )
    op.create_index("ix_customers_name_key_id", "customers", ["name_key", "id"], unique=False)
    op.create_index(
        "ix_customers_oldest_due_on_id", "customers", ["oldest_due_on", "id"], unique=False
    )
    op.create_index("ix_customers_version", "customers", ["version"], unique=False)
    op.create_table(
        "sync_changes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_sync_changes_customer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sync_changes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sync_refusals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sync_refusals"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sync_refusals_at_id", "sync_refusals", ["at", "id"], unique=False)
    op.create_table(
        "particulars",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("taker", sa.Text(), nullable=False),
        sa.Column("paid_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_particulars"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settlements",
        sa.Column("credit_sequence", sa.Integer(), nullable=False),
        sa.Column("debit_sequence", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("credit_sequence", "debit_sequence", name="pk_settlements"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_settlements_debit_sequence", "settlements", ["debit_sequence"], unique=False
    )
    op.create_table(
        "totals",
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("receivable_minor", sa.BigInteger(), nullable=False),
        sa.Column("payable_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("currency", name="pk_totals"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "balances",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.Column("written_off_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_balances_customer_id"),
        sa.PrimaryKeyConstraint("customer_id", "currency", name="pk_balances"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entries",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("effect_minor", sa.BigInteger(), nullable=False),
        sa.Column("balance_after_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("method", sa.Text(), nullable=True),
        sa.Column("reverses_id", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("request_digest", sa.LargeBinary(), nullable=False),
        sa.Column("particulars_digest", sa.LargeBinary(), nullable=True),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="ck_entries_amount_positive"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_entries_customer_id"),
        sa.PrimaryKeyConstraint("sequence", name="pk_entries"),
        sa.UniqueConstraint("id", name="uq_entries_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_entries_customer_id_sequence", "entries", ["customer_id", "sequence"], unique=False
    )
    op.create_index(
        "ix_entries_reverses_id",
        "entries",
        ["reverses_id"],
        unique=True,
        sqlite_where=sa.text("reverses_id IS NOT NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    op.create_table(
        "open_items",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("effect_minor", sa.BigInteger(), nullable=False),
        sa.Column("remaining_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name="fk_open_items_customer_id"
        ),
        sa.PrimaryKeyConstraint("customer_id", "currency", "sequence", name="pk_open_items"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_open_items_due_on_customer_id", "open_items", ["due_on", "customer_id"], unique=False
    )
    op.execute(RefuseChange("entries", "UPDATE"))
    op.execute(RefuseChange("entries", "DELETE"))
