"""Tables of the sync: applied changes and refused items."""

from sqlalchemy import Column, LargeBinary, Text

from daftari.db.base import Moment, index, key, reference, shop_table

# Customers and entries are recognised by their own ids. A change has no row of its own, so its id
# is stored here: otherwise an old change that arrives again would undo newer ones.
changes = shop_table(
    "sync_changes",
    key(),
    reference("customer_id", "customers"),
    Column("digest", LargeBinary),
)

refusals = shop_table(
    "sync_refusals",
    key(),
    Column("at", Moment, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
index(refusals, "at", "id")
