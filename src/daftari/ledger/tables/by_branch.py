"""What a reader of one branch sees of the book. Balances stay those of the whole account."""

from daftari.customers.tables import customers
from daftari.db.narrowing import rows_of_branch, sums_of_branch
from daftari.ledger.tables.book import (
    due_totals,
    entries,
    open_items,
    photos,
    plans,
    totals,
)
from daftari.ledger.tables.sums import day_totals

rows_of_branch(entries)
rows_of_branch(
    open_items, "EXISTS (SELECT 1 FROM entries AS e WHERE e.sequence = open_items.sequence)"
)
sums_of_branch(
    due_totals,
    "SELECT CASE WHEN effect_minor > 0 THEN 1 ELSE -1 END AS direction, currency, due_on, "
    "SUM(remaining_minor) AS remaining_minor FROM open_items WHERE due_on IS NOT NULL "
    "GROUP BY 1, 2, 3",
)
sums_of_branch(day_totals, "SELECT * FROM main.day_totals WHERE branch = COALESCE({key}, '')")
sums_of_branch(
    totals,
    "SELECT currency, 0 AS receivable_minor, 0 AS payable_minor FROM main.totals",
)
_WRITTEN = "FROM entries AS e WHERE e.customer_id = customers.id"
_LAST = "ORDER BY e.sequence DESC LIMIT 1"
rows_of_branch(
    customers,
    "TRUE",
    oldest_due_on="(SELECT min(o.due_on) FROM open_items AS o WHERE o.customer_id = customers.id)",
    last_entry_at=f"(SELECT e.recorded_at {_WRITTEN} {_LAST})",
    last_payment_on=f"(SELECT e.occurred_on {_WRITTEN} AND e.kind = 'payment' AND NOT EXISTS "
    f"(SELECT 1 FROM entries AS r WHERE r.reverses_id = e.id) {_LAST})",
)
rows_of_branch(photos, "EXISTS (SELECT 1 FROM entries AS e WHERE e.id = photos.entry_id)")
rows_of_branch(
    plans,
    "EXISTS (SELECT 1 FROM plan_entries AS p JOIN entries AS e ON e.id = p.entry_id "
    "WHERE p.plan_id = plans.id)",
)
