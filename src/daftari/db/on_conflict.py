"""INSERT … ON CONFLICT in the words that SQLite and PostgreSQL share.

SQLAlchemy has one such clause for each dialect, and neither compiles on the other.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Insert, Table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import SyntaxExtension
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import InternalTraversal


def excluded(table: Table) -> FromClause:
    """The row that the INSERT would have stored, for the changes of `upsert`."""
    return table.alias("excluded")


def upsert(statement: Insert, changes: Mapping[str, ColumnElement[Any]]) -> Insert:
    """The INSERT, with `changes` to the stored row where its primary key exists already."""
    return statement.ext(_OnConflict(changes))


def skip_known(statement: Insert) -> Insert:
    """The INSERT, without effect where its primary key or another unique value exists already."""
    return statement.ext(_OnConflict({}))


class _OnConflict(SyntaxExtension, ClauseElement):
    """ON CONFLICT (primary key) DO UPDATE SET …; without changes ON CONFLICT DO NOTHING."""

    _traverse_internals = [("changes", InternalTraversal.dp_dml_values)]
    inherit_cache = True

    def __init__(self, changes: Mapping[str, ColumnElement[Any]]) -> None:
        self.changes = dict(changes)

    def apply_to_insert(self, insert_stmt: Insert) -> None:
        insert_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_values")


@compiles(_OnConflict)
def _clause(clause: _OnConflict, compiler: SQLCompiler, **kw: Any) -> str:
    if not clause.changes:
        return "ON CONFLICT DO NOTHING"
    names = compiler.preparer.quote
    table: Any = compiler.current_executable.table
    key = ", ".join(names(column.name) for column in table.primary_key)
    changes = ", ".join(
        f"{names(name)} = {compiler.process(value.self_group(), **kw)}"
        for name, value in clause.changes.items()
    )
    return f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
