"""The book's tables.

`entries` is append-only (triggers in its migration refuse UPDATE and DELETE). What an entry says in
words stands beside it in `particulars`, covered by a salted digest, so that words can be erased
later and the chain still holds. `balances`, `totals`, `open_items` and `settlements` follow from
the entries and are written in the entry's own transaction; `verify` proves them.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Integer, LargeBinary, Text

from daftari.db.base import (
    Moment,
    Personal,
    control_table,
    index,
    reference,
    shop_table,
    unique_where_set,
)

entries = shop_table(
    "entries",
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    reference("customer_id", "customers"),
    Column("kind", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("effect_minor", BigInteger, nullable=False),
    Column("balance_after_minor", BigInteger, nullable=False),
    Column("currency", Text, nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("due_on", Date),
    Column("method", Text),
    Column("reverses_id", Text),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("request_digest", LargeBinary, nullable=False),
    Column("particulars_digest", LargeBinary),
    Column("chain", LargeBinary, nullable=False),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
)
index(entries, "customer_id", "sequence")
unique_where_set(entries, "reverses_id")

particulars = shop_table(
    "particulars",
    Column("entry_id", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("note", Personal, nullable=False, default=""),
    Column("taker", Personal, nullable=False, default=""),
    Column("paid_by", Personal, nullable=False, default=""),
)

balances = shop_table(
    "balances",
    reference("customer_id", "customers", primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("balance_minor", BigInteger, nullable=False),
    Column("written_off_minor", BigInteger, nullable=False, default=0),
)

totals = shop_table(
    "totals",
    Column("currency", Text, primary_key=True),
    Column("receivable_minor", BigInteger, nullable=False),
    Column("payable_minor", BigInteger, nullable=False),
)

open_items = shop_table(
    "open_items",
    reference("customer_id", "customers", primary_key=True),
    Column("currency", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("occurred_on", Date, nullable=False),
    Column("due_on", Date),
    Column("effect_minor", BigInteger, nullable=False),
    Column("remaining_minor", BigInteger, nullable=False),
)
index(open_items, "due_on", "customer_id")

settlements = shop_table(
    "settlements",
    Column("credit_sequence", Integer, primary_key=True),
    Column("debit_sequence", Integer, primary_key=True),
    Column("amount_minor", BigInteger, nullable=False),
)
index(settlements, "debit_sequence")

chain_heads = control_table(
    "chain_heads",
    Column("shop_id", Text, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("copied_at", Moment, nullable=False),
)
