"""The table of idempotency keys. A key stays when the texts it speaks of are erased."""

from sqlalchemy import Column, LargeBinary, Text

from daftari.db.base import Moment, key, shop_table

idempotency_keys = shop_table(
    "idempotency_keys",
    key(),
    Column("noun", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("facts", LargeBinary),
    Column("texts", LargeBinary),
    Column("salt", LargeBinary),
    Column("at", Moment, nullable=False),
)
