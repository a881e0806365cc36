"""Who types Latin letters finds an Arabic name: each customer's search key says how he sounds.

A customer whose key changes gets a new version, so that the phones fetch it.
"""

import sqlalchemy as sa
from alembic import op

from daftari.customers.rules import Details, search_key

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    book = op.get_bind()
    version = book.scalar(sa.text("SELECT coalesce(max(version), 0) + 1 FROM customers"))
    stored = "SELECT id, name, nickname, phone, neighbourhood, search_key FROM customers"
    for row in book.execute(sa.text(stored)).all():
        where = {"neighbourhood": row.neighbourhood}
        key = search_key(Details(row.name, row.nickname, row.phone, **where))
        if key != row.search_key:
            book.execute(_HEARD, {"id": row.id, "key": key, "version": version})


_HEARD = sa.text("UPDATE customers SET search_key = :key, version = :version WHERE id = :id")
