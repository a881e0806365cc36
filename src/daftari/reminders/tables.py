"""Messaging settings of the shop, in one row, and the progress of its daily plan.

`automatic`, `receipts`: the channels the program may use by itself, blank-separated; the first that
can be used is used. `receipts_after`: receipts are made for entries with a higher sequence.
`planned_on`, `digest_on`: the last day with a plan, and with a digest to devices.
"""

from sqlalchemy import Boolean, Column, Date, Integer, Text

from daftari.db.base import Counter, key, shop_table
from daftari.db.narrowing import rows_of_branch
from daftari.delivery.tables import messages

reminder_settings = shop_table(
    "reminder_settings",
    key(),
    Column("tone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("greets", Boolean(create_constraint=False), nullable=False),
    Column("quiet_from", Integer, nullable=False),
    Column("quiet_until", Integer, nullable=False),
    Column("automatic", Text, nullable=False),
    Column("days_before", Integer, nullable=False),
    Column("receipts", Text, nullable=False),
    Column("receipts_after", Counter, nullable=False),
    Column("planned_on", Date),
    Column("digest_on", Date),
)

# The receipt of an entry belongs to its branch. `dedupe`: `receipt:`, the entry's id, the channel.
rows_of_branch(
    messages,
    "substr(messages.dedupe, 1, 8) <> 'receipt:' OR EXISTS "
    "(SELECT 1 FROM entries AS e WHERE e.id = substr(messages.dedupe, 9, 36))",
)
