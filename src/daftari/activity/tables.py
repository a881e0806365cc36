"""Tables of the shop's audit log, the control file's audit log, and the shop's alerts.

The two audit logs have the same columns, in two files; the control file's also names the shop.
"""

from collections.abc import Callable

from sqlalchemy import Column, Table, Text

from daftari.db.base import (
    Moment,
    Personal,
    control_table,
    index,
    index_where_set,
    key,
    reference,
    shop_table,
)
from daftari.db.narrowing import rows_of_branch


def _audit_log(name: str, table: Callable[..., Table], *more: Column[str]) -> Table:
    return table(
        name,
        key(),
        Column("at", Moment, nullable=False),
        Column("person_id", Text, nullable=False),
        Column("verb", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("details", Personal),
        # from which device: the session of the request; NULL for the worker and the command line
        Column("session_id", Text),
        *more,
    )


# `branch_id`: the branch in which somebody did it; NULL for the first, and for the worker.
shop_activity = _audit_log("activity", shop_table, Column("branch_id", Text))
rows_of_branch(shop_activity)
# `shop_id`: the shop that an action concerns; NULL for a person's own sign-ins and passkeys.
account_activity = _audit_log("account_activity", control_table, Column("shop_id", Text))

index(shop_activity, "subject_id", "id")
index(account_activity, "subject_id", "id")
index_where_set(account_activity, "shop_id", "shop_id", "at", "id", name="ix_account_activity_shop")
index(shop_activity, "at", "id")

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
index(alerts, "subject_id", "kind", "at")

alert_readings = shop_table(
    "alert_readings",
    reference("alert_id", "alerts", primary_key=True),
    key("person_id"),
    Column("at", Moment, nullable=False),
)
