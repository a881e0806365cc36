"""Rebuild of a table in a migration, for changes that SQLite's ALTER TABLE cannot make.

The steps are those of https://sqlite.org/lang_altertable.html#otheralter. Foreign keys are not
enforced while a file is migrated, so other tables may refer to the one that is rebuilt; they are
checked before the commit.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from alembic import op
from sqlalchemy import Column, ColumnElement, Connection, column, insert, select, table
from sqlalchemy.schema import SchemaItem


def rebuild_table(
    name: str, *items: SchemaItem, fill: Mapping[str, ColumnElement[Any]] | None = None
) -> None:
    """Replace a table by one of the given columns and constraints, and keep its rows.

    `fill`: the value of each column that is new or converted, over the columns of the old table;
    the others are copied. Indexes and triggers stay: one over a column that goes is dropped first.
    """
    connection = op.get_bind()
    kept = _indexes_and_triggers(connection, name)
    new = op.create_table(f"rebuilt_{name}", *items, sqlite_with_rowid=False)
    names = [item.name for item in items if isinstance(item, Column)]
    values: dict[str, ColumnElement[Any]] = {one: column(one) for one in names}
    values |= fill or {}
    copied = select(*(values[one] for one in names)).select_from(table(name))
    connection.execute(insert(new).from_select(names, copied))
    op.drop_table(name)
    op.rename_table(f"rebuilt_{name}", name)
    for statement in kept:
        connection.exec_driver_sql(statement)


def _indexes_and_triggers(connection: Connection, name: str) -> Sequence[str]:
    """The statements that made them; the index of a key or a unique rule has none."""
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type <> 'table' AND sql <> ''"
    return connection.exec_driver_sql(query, (name,)).scalars().all()
