"""Tables of the book.

`entries` is append-only (triggers in its migration refuse UPDATE and DELETE). The texts of an entry
are stored in `entry_texts` and its goods in `goods`, covered by one salted digest, so that they can
be erased later without breaking the chain. A photo (`photos`) is added with its entry, later, or
never: it is not in the chain; its digest is in the audit log. `balances`, `totals`, `open_items`,
`due_totals`, `day_totals` and `allocations` are derived from the entries and written in the
entry's own transaction; `verify` checks them.

Promises and plans record what was agreed. Whether it was kept is computed from the book, so none of
their rows has to be updated.
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, Integer, LargeBinary, Text

from daftari.db.base import (
    Counter,
    Moment,
    Personal,
    control_table,
    index,
    index_where_set,
    key,
    reference,
    shop_table,
    unique,
)
from daftari.db.ddl import append_only, keep_sums

entries = shop_table(
    "entries",
    key("sequence", Counter),
    Column("id", Text, nullable=False),
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
    # the debt or plan that a payment is meant for
    Column("for_id", Text),
    # the entry as it was first written that this one takes the place of
    Column("corrects_id", Text),
    # what was handed over where it was another currency, at a rate for one unit of `rate_of`
    Column("paid_minor", BigInteger),
    Column("paid_currency", Text),
    Column("rate_e8", BigInteger),
    Column("rate_of", Text),
    # the session of the request that brought it, which says from which device
    Column("session_id", Text),
    # the branch in which it was written; NULL for the first one
    Column("branch_id", Text),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
)
unique(entries, "id")
index(entries, "customer_id", "sequence")
index(entries, "customer_id", "currency", "occurred_on", "effect_minor")
index_where_set(entries, "corrects_id")
index_where_set(
    entries, "corrects_id", "customer_id", "sequence", name="ix_entries_corrections_of_account"
)
index_where_set(entries, "reverses_id", unique=True)
# what is rare is found by its time without a walk over all entries
_BY_TIME = ("sequence", "recorded_at", "recorded_by")
index_where_set(entries, "corrects_id", *_BY_TIME, name="ix_entries_corrects_by_time")
index_where_set(entries, "reverses_id", *_BY_TIME, name="ix_entries_reverses_by_time")
index(entries, "recorded_at", "recorded_by", "kind")
append_only(entries)

entry_texts = shop_table(
    "particulars",
    key("entry_id"),
    Column("salt", LargeBinary, nullable=False),
    Column("note", Personal, nullable=False, default=""),
    Column("taker", Personal, nullable=False, default=""),
    Column("paid_by", Personal, nullable=False, default=""),
    # the three of them as a search sees them
    Column("search_key", Personal, nullable=False, default="", server_default=""),
)

# The goods of a debt, by the sequence of their entry: the newest stand at the end.
# `quantity_milli`: thousandths; `price_minor`: of one.
goods = shop_table(
    "goods",
    key("sequence", Counter),
    key("number", Integer),
    Column("name", Personal, nullable=False),
    Column("quantity_milli", BigInteger, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
)

photos = shop_table(
    "photos",
    key("entry_id"),
    Column("digest", LargeBinary, nullable=False),
    Column("sent_digest", LargeBinary, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

balances = shop_table(
    "balances",
    reference("customer_id", "customers", primary_key=True),
    key("currency"),
    Column("balance_minor", BigInteger, nullable=False),
    Column("written_off_minor", BigInteger, nullable=False, default=0),
)

totals = shop_table(
    "totals",
    key("currency"),
    Column("receivable_minor", BigInteger, nullable=False),
    Column("payable_minor", BigInteger, nullable=False),
)

open_items = shop_table(
    "open_items",
    reference("customer_id", "customers", primary_key=True),
    key("currency"),
    key("sequence", Counter),
    Column("occurred_on", Date, nullable=False),
    Column("due_on", Date),
    Column("effect_minor", BigInteger, nullable=False),
    Column("remaining_minor", BigInteger, nullable=False),
    # the order in which payments cover them, from the rule `position`
    Column("position", Text, nullable=False),
)
index(open_items, "due_on", "customer_id", "effect_minor", "remaining_minor")
index(open_items, "customer_id", "currency", "position")

# What is open of all customers, by the day it falls due: the sums of `open_items`, which triggers
# keep. `direction`: 1 for what the shop is owed, -1 for what it owes.
due_totals = shop_table(
    "due_totals",
    key("direction", Integer),
    key("currency"),
    key("due_on", Date),
    Column("remaining_minor", BigInteger, nullable=False),
)
keep_sums(
    open_items,
    "remaining_minor",
    sums=due_totals,
    by={
        "direction": "CASE WHEN {row}.effect_minor > 0 THEN 1 ELSE -1 END",
        "currency": "{row}.currency",
        "due_on": "{row}.due_on",
    },
    given="due_on",
)

allocations = shop_table(
    "allocations",
    key("credit_sequence", Counter),
    key("debit_sequence", Counter),
    Column("amount_minor", BigInteger, nullable=False),
)
index(allocations, "debit_sequence")

# One unit of `currency` in 10⁻⁸ units of the main currency; only credit limits count by it.
rates = shop_table(
    "rates",
    key("currency"),
    Column("rate_e8", BigInteger, nullable=False),
    Column("typed_on", Date, nullable=False),
    Column("typed_by", Text, nullable=False),
)

promises = shop_table(
    "promises",
    key(),
    reference("customer_id", "customers"),
    Column("currency", Text, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("promised_on", Date, nullable=False),
    Column("note", Personal, nullable=False, default=""),
    Column("note_key", Personal, nullable=False, default="", server_default=""),
    # the last entry before the promise: payments after it count towards the promise
    Column("after_sequence", Counter, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", Text),
)
index(promises, "customer_id", "made_at")
index(promises, "promised_on")

plans = shop_table(
    "plans",
    key(),
    reference("customer_id", "customers"),
    Column("currency", Text, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("paid_down_minor", BigInteger, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("every", Text, nullable=False),
    Column("note", Personal, nullable=False, default=""),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False),
)
index(plans, "customer_id", "made_at")

plan_entries = shop_table(
    "plan_entries",
    reference("plan_id", "plans", primary_key=True),
    key("number", Integer),
    Column("entry_id", Text, nullable=False),
)
unique(plan_entries, "entry_id")

# The entries of a carry-over; it is reversed as a whole.
carried_entries = shop_table(
    "carried_entries",
    key("carry_id"),
    key("number", Integer),
    Column("entry_id", Text, nullable=False),
)
unique(carried_entries, "entry_id")

chain_heads = control_table(
    "chain_heads",
    key("shop_id"),
    Column("sequence", Counter, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("copied_at", Moment, nullable=False),
)
