"""The table of the sync: refused items."""

from sqlalchemy import Column, Text

from daftari.db.base import Moment, index, key, shop_table

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
