"""The table of the sync: refused items."""

from sqlalchemy import Column, Text

from daftari.db.base import Moment, Personal, index, key, shop_table
from daftari.db.narrowing import rows_of_branch

# `branch_id`: the branch that the item writes in; of a new customer, who is the shop's, it says
# nothing. `content`: the item as JSON, whose day is that of the shop's clock; `settled_as`:
# `entered` by `settled_by`, or `left` out for good; NULL while nobody has decided.
refusals = shop_table(
    "sync_refusals",
    key(),
    Column("at", Moment, nullable=False),
    Column("person_id", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("customer_id", Text),
    Column("branch_id", Text),
    Column("content", Personal),
    Column("settled_at", Moment),
    Column("settled_by", Text),
    Column("settled_as", Text),
)
index(refusals, "customer_id")
index(refusals, "at", "id")
rows_of_branch(refusals, "{table}.verb = 'add_customer' OR {table}.branch_id IS {key}")
