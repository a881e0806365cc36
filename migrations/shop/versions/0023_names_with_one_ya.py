"""A doubled ya at the end of a word is one in the key of a name: «يحيى» and «يحي» are the same.

A customer whose key changes gets a new version, so that the phones fetch it. Keys of notes stay: a
search for the shorter spelling finds the longer one in them.
"""

import sqlalchemy as sa
from alembic import op

from daftari.customers.rules import Details, search_key
from daftari.kernel.arabic import fold

revision = "0023"
down_revision = "0022"


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
