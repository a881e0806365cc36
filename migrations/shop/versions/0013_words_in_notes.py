"""A search finds words in notes: each note is kept once more as a search sees it."""

import sqlalchemy as sa
from alembic import op

from daftari.kernel.arabic import text_key

revision = "0013"
down_revision = "0012"

_KEYS = (
    ("customers", "id", ("note",), "note_key"),
    ("particulars", "entry_id", ("note", "taker", "paid_by"), "search_key"),
    ("promises", "id", ("note",), "note_key"),
)


def upgrade() -> None:
    book = op.get_bind()
    for table, id_column, texts, key in _KEYS:
        op.add_column(table, sa.Column(key, sa.Text(), nullable=False, server_default=""))
        rows = book.execute(sa.text(f"SELECT {id_column}, {', '.join(texts)} FROM {table}")).all()
        keys = [{"id": row[0], "key": text_key(*row[1:])} for row in rows]
        if found := [one for one in keys if one["key"]]:
            statement = f"UPDATE {table} SET {key} = :key WHERE {id_column} = :id"
            book.execute(sa.text(statement), found)
