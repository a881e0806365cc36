"""Tables of customers (and suppliers: another role of the same table).

The columns of the account summary are what the book's list shows and sorts by. They are derived
from the ledger, which writes them through `actions.set_account_summary` in the entry's own
transaction.

`version` counts the changes of the shop's customers: the customer changed last has the highest. The
phone asks for changes after the version it has.

A consent is a row with a beginning and an end; without an end it is active. The stop link, by which
a customer ends his consents, is the same in every message and never changes.
"""

from sqlalchemy import BigInteger, Column, Date, Integer, Text

from daftari.db.base import (
    Moment,
    Personal,
    index,
    index_where_set,
    index_where_unset,
    key,
    reference,
    shop_table,
    unique,
)

customers = shop_table(
    "customers",
    key(),
    Column("name", Personal, nullable=False),
    Column("nickname", Personal, nullable=False, default=""),
    Column("phone", Personal),
    Column("email", Personal),
    Column("language", Text),
    Column("role", Text, nullable=False),
    Column("note", Personal, nullable=False, default=""),
    Column("source", Text, nullable=False),
    Column("name_key", Personal, nullable=False),
    Column("search_key", Personal, nullable=False),
    Column("note_key", Personal, nullable=False, default="", server_default=""),
    Column("credit_limit_minor", BigInteger),
    Column("due_days", Integer),
    Column("payday", Text),
    Column("neighbourhood", Personal, nullable=False, default=""),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("frozen_at", Moment),
    Column("frozen_by", Text),
    # out of the list and the search; any new entry brings the customer back
    Column("archived_at", Moment),
    Column("archived_by", Text),
    # the account to which all of this one was carried over
    Column("merged_into", Text),
    # account summary, in the shop's own currency
    Column("balance_minor", BigInteger, nullable=False, default=0),
    Column("oldest_due_on", Date),
    Column("last_entry_at", Moment),
    Column("last_payment_on", Date),
    Column("version", BigInteger, nullable=False),
)

index(customers, "name_key", "id")
index(customers, "balance_minor", "id")
# with the role, so that who is due is counted without reading a row
index(customers, "oldest_due_on", "id", "role")
index(customers, "last_entry_at", "id")
index(customers, "version")
index_where_set(customers, "archived_at")
# who is in the list, counted by role without reading a row
index_where_unset(customers, "archived_at", "role")

# At most one row, from the first entry on or a change of the country: the currency of the account
# summaries and the credit limits. Without a row it is the one in the control file.
main_currency = shop_table("main_currency", key("code"))

consents = shop_table(
    "consents",
    key(),
    reference("customer_id", "customers"),
    Column("channel", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("text_version", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Text),
    Column("ended_how", Text),
)
index(consents, "customer_id", "given_at")

stop_links = shop_table(
    "stop_links",
    reference("customer_id", "customers", primary_key=True),
    Column("token", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)
unique(stop_links, "token")
