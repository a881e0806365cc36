"""Tables of the shop's audit log, the control file's audit log, and the shop's alerts.

The two audit logs have the same columns, in two files.
"""

from collections.abc import Callable

from sqlalchemy import Column, Table, Text

from daftari.db.base import Moment, Personal, control_table, index, key, reference, shop_table


def _audit_log(name: str, table: Callable[..., Table]) -> Table:
    return table(
        name,
        key(),
        Column("at", Moment, nullable=False),
        Column("person_id", Text, nullable=False),
        Column("verb", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("details", Personal),
    )


shop_activity = _audit_log("activity", shop_table)
account_activity = _audit_log("account_activity", control_table)

index(shop_activity, "subject_id", "id")
index(account_activity, "subject_id", "id")

# `person_id`: the only person who sees the alert; NULL for everybody who manages the shop.
alerts = shop_table(
    "alerts",
    key(),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("person_id", Text),
    Column("details", Personal),
    Column("told_at", Moment),
)
index(alerts, "told_at", "id")

alert_readings = shop_table(
    "alert_readings",
    reference("alert_id", "alerts", primary_key=True),
    key("person_id"),
    Column("at", Moment, nullable=False),
)
