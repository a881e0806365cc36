"""The table of what a payment covers takes the field's own name: allocations."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_index("ix_settlements_debit_sequence", "settlements")
    op.rename_table("settlements", "allocations")
    op.create_index("ix_allocations_debit_sequence", "allocations", ["debit_sequence"])
