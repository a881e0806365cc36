"""What is late is summed from an index alone, by currency, age and customer."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.drop_index("ix_open_items_due_on_customer_id", "open_items")
    op.create_index(
        "ix_open_items_due_on_customer_id_effect_minor_remaining_minor",
        "open_items",
        ["due_on", "customer_id", "effect_minor", "remaining_minor"],
    )
