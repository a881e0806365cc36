"""Sums of the entries by civil day, which the reports read."""

from sqlalchemy import BigInteger, Column, Date, Integer

from daftari.db.base import key, shop_table
from daftari.db.ddl import count_rows
from daftari.ledger.tables.book import entries

# How many entries stand, and what they come to, by civil day, kind and who wrote them; triggers
# keep it. `sign`: of the effect, which tells a customer's debt from the shop's; `branch`: '' for
# the first one. What was reversed counts no more on its day; its reversal counts as one on its own.
day_totals = shop_table(
    "day_totals",
    key("occurred_on", Date),
    key("currency"),
    key("kind"),
    key("sign", Integer),
    key("branch"),
    key("recorded_by"),
    Column("entry_count", Integer, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
)
count_rows(
    entries,
    "amount_minor",
    sums=day_totals,
    by={
        "occurred_on": "{row}.occurred_on",
        "currency": "{row}.currency",
        "kind": "{row}.kind",
        "sign": "CASE WHEN {row}.effect_minor > 0 THEN 1 WHEN {row}.effect_minor < 0 THEN -1 "
        "ELSE 0 END",
        "branch": "COALESCE({row}.branch_id, '')",
        "recorded_by": "{row}.recorded_by",
    },
)
