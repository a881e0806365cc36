"""What the book keeps of the phones."""

from sqlalchemy import Column, LargeBinary, Text

from daftari.db.base import Moment, index, key, reference, shop_table

# A customer and an entry are known by their own ids. A change has no row of its own in the book, so
# that its id stays here: an old change that arrives again would undo the newer ones.
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
