"""The diary of a shop, and the diary of the installation's accounts. Same shape, two files."""

from collections.abc import Callable

from sqlalchemy import Column, Table, Text

from daftari.db.base import Moment, Personal, control_table, index, key, shop_table


def _diary(name: str, table: Callable[..., Table]) -> Table:
    return table(
        name,
        key(),
        Column("at", Moment, nullable=False),
        Column("person_id", Text, nullable=False),
        Column("verb", Text, nullable=False),
        Column("subject_id", Text, nullable=False),
        Column("details", Personal),
    )


shop_activity = _diary("activity", shop_table)
account_activity = _diary("account_activity", control_table)

index(shop_activity, "subject_id", "id")
index(account_activity, "subject_id", "id")
