"""How tables are declared, and the few statements every room shares.

Two families: `control_tables` (one file for the installation) and `shop_tables` (one file a shop).
No table inside a shop names a shop; keys and references go through the helpers here, so that a
layout with a shop id in front can be built from the same declarations.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NewType

from sqlalchemy import Column, Connection, Dialect, ForeignKey, Index, MetaData, Row, Table, Text
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

from daftari.kernel.clock import as_text, from_text

ReadTx = NewType("ReadTx", Connection)
"""What a unit that reads is given: one transaction on one file, rolled back at its end."""

WriteTx = NewType("WriteTx", ReadTx)
"""What a unit that writes is given: one that is committed. It may be handed to whatever reads."""

Rows = Sequence[Row[*tuple[Any, ...]]]
"""What a SELECT of several columns brings back, read by the columns' names."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

control_tables = MetaData(naming_convention=_NAMES)
shop_tables = MetaData(naming_convention=_NAMES)


class Personal(TypeDecorator[str]):
    """Text that says who somebody is. Plain inside an encrypted file; the one place to seal it."""

    impl = Text
    cache_ok = True


class Moment(TypeDecorator[datetime]):
    """An instant in UTC, kept as sortable text of millisecond precision."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else as_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_text(value)


def control_table(name: str, *items: SchemaItem) -> Table:
    """A table of the control file."""
    return Table(name, control_tables, *items, sqlite_with_rowid=False)


def shop_table(name: str, *items: SchemaItem) -> Table:
    """A table of every shop's file."""
    return Table(name, shop_tables, *items, sqlite_with_rowid=False)


def key() -> Column[str]:
    """The opaque id of a row: a UUID as text, made where the thing is born."""
    return Column("id", Text, primary_key=True)


def reference(name: str, target: str, *, primary_key: bool = False, nullable: bool = False) -> Any:
    """A column that holds the id of a row of `target`."""
    column = f"{target}.id"
    return Column(name, Text, ForeignKey(column), primary_key=primary_key, nullable=nullable)


def index(table: Table, *columns: str) -> Index:
    """An index over `columns`, named after them."""
    return Index(None, *(table.c[column] for column in columns))


def unique_where_set(table: Table, column: str) -> Index:
    """No value of `column` stands twice; rows without one are left out.

    Another engine's word for it is said in its migration: said here it loads that whole dialect.
    """
    only = table.c[column].is_not(None)
    return Index(None, table.c[column], unique=True, sqlite_where=only)


def put(table: Table, *columns: str) -> Insert:
    """An INSERT that, where the key is taken, writes `columns` over the old ones."""
    statement = insert(table)
    changed = {column: statement.excluded[column] for column in columns}
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=changed)


def add(table: Table, *columns: str) -> Insert:
    """An INSERT that, where the key is taken, adds `columns` to the old ones."""
    statement = insert(table)
    grown = {column: table.c[column] + statement.excluded[column] for column in columns}
    return statement.on_conflict_do_update(index_elements=table.primary_key, set_=grown)


def insert_new(tx: WriteTx, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key is taken. True when the row is new."""
    done = tx.execute(insert(table).values(values).on_conflict_do_nothing())
    return done.rowcount == 1
