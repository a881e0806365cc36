"""Customers (and suppliers: another role of the same table).

The standing columns are what the book's list shows and sorts by. They follow from the ledger, which
writes them through `actions.set_standing` in the entry's own transaction.

`version` counts the changes of the shop's customers: whoever was changed last has the highest. The
phone asks for what lies beyond the version it has.
"""

from sqlalchemy import BigInteger, Column, Date, Integer, Text

from daftari.db.base import Moment, Personal, index, key, shop_table

customers = shop_table(
    "customers",
    key(),
    Column("name", Personal, nullable=False),
    Column("nickname", Personal, nullable=False, default=""),
    Column("phone", Personal),
    Column("role", Text, nullable=False),
    Column("note", Personal, nullable=False, default=""),
    Column("source", Text, nullable=False),
    Column("name_key", Personal, nullable=False),
    Column("search_key", Personal, nullable=False),
    Column("credit_limit_minor", BigInteger),
    Column("due_days", Integer),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("frozen_at", Moment),
    Column("frozen_by", Text),
    # standing, in the shop's own currency
    Column("balance_minor", BigInteger, nullable=False, default=0),
    Column("oldest_due_on", Date),
    Column("last_entry_at", Moment),
    Column("last_payment_on", Date),
    Column("version", BigInteger, nullable=False),
)

index(customers, "name_key", "id")
index(customers, "balance_minor", "id")
index(customers, "oldest_due_on", "id")
index(customers, "last_entry_at", "id")
index(customers, "version")
