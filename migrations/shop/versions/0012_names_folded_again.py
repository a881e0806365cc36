"""Names that people take for the same have the same key: those that are there get it anew.

A customer whose key changes gets a new version, so that the phones fetch it.
"""

import sqlalchemy as sa
from alembic import op

from daftari.customers.rules import Details, search_key
from daftari.kernel.arabic import fold

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    book = op.get_bind()
    version = book.scalar(sa.text("SELECT coalesce(max(version), 0) + 1 FROM customers"))
    stored = "SELECT id, name, nickname, phone, neighbourhood, name_key, search_key FROM customers"
    for row in book.execute(sa.text(stored)).all():
        where = {"neighbourhood": row.neighbourhood}
        key = search_key(Details(row.name, row.nickname, row.phone, **where))
        name_key = fold(row.name)
        if (name_key, key) != (row.name_key, row.search_key):
            folded = {"id": row.id, "name_key": name_key, "key": key, "version": version}
            book.execute(_FOLDED, folded)


_FOLDED = sa.text(
    "UPDATE customers SET name_key = :name_key, search_key = :key, version = :version"
    " WHERE id = :id"
)
