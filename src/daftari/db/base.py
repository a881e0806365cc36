"""Helpers that declare tables, and the INSERT statements that all packages share.

There are two families of tables: `control_tables` (one file for the installation) and `shop_tables`
(one file per shop). No table of a shop has a shop id column. Keys and references are declared with
the helpers here, so that a layout with a shop id in each key can use the same declarations.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NewType, TypeVar

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    ForeignKey,
    Index,
    Insert,
    Integer,
    MetaData,
    Row,
    ScalarSelect,
    Select,
    Table,
    Text,
    UniqueConstraint,
    cast,
    func,
    insert,
    select,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

from daftari.db.on_conflict import excluded, skip_known, upsert
from daftari.kernel.clock import as_text, from_text

ReadTx = NewType("ReadTx", Connection)
"""The transaction of a unit of work that reads one file; it is rolled back at its end."""

WriteTx = NewType("WriteTx", ReadTx)
"""The transaction of a unit of work that writes; it is committed. Whatever reads takes it too."""

T = TypeVar("T")

Rows = Sequence[Row[*tuple[Any, ...]]]
"""The rows of a SELECT with several columns; a column is read by its name."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

control_tables = MetaData(naming_convention=_NAMES)
shop_tables = MetaData(naming_convention=_NAMES)

Counter = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 64 bits that only grows. In SQLite, where every INTEGER has 64, it is one."""


class Personal(TypeDecorator[str]):
    """A text column with personal data.

    The value is plain text inside the encrypted file; encryption per column would be added here.
    """

    impl = Text
    cache_ok = True


class Moment(TypeDecorator[datetime]):
    """A column with an instant in UTC, stored as sortable text with milliseconds."""

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


def key(name: str = "id", type_: type[TypeEngine[Any]] | TypeEngine[Any] = Text) -> Column[Any]:
    """A column of the primary key.

    Without a name the id of a row: a UUID as text, made by the client that creates the row.
    """
    return Column(name, type_, primary_key=True, autoincrement=False)


def reference(name: str, target: str, *, primary_key: bool = False, nullable: bool = False) -> Any:
    """A column that holds the id of a row of `target`."""
    column = f"{target}.id"
    return Column(name, Text, ForeignKey(column), primary_key=primary_key, nullable=nullable)


def index(table: Table, *columns: str) -> Index:
    """An index over `columns`, named after them."""
    return Index(None, *(table.c[column] for column in columns))


def unique(table: Table, *columns: str) -> None:
    """No combination of values of `columns` stands twice in the table."""
    table.append_constraint(UniqueConstraint(*(table.c[column] for column in columns)))


def index_where_set(
    table: Table, column: str, *others: str, unique: bool = False, name: str | None = None
) -> Index:
    """A partial index over a column, or over `others`: rows with NULL in the column are left out;
    where `unique`, no value stands twice.
    """
    only = table.c[column].is_not(None)
    columns = (table.c[one] for one in others or (column,))
    return Index(name, *columns, unique=unique, sqlite_where=only)


def index_where_unset(table: Table, column: str, *others: str) -> Index:
    """A partial index over `others` and a column: rows with NULL in the column alone."""
    columns = (table.c[one] for one in (*others, column))
    return Index(None, *columns, sqlite_where=table.c[column].is_(None))


def put(table: Table, *columns: str) -> Insert:
    """An upsert: an INSERT that overwrites `columns` where the key exists."""
    new = excluded(table)
    return upsert(insert(table), {column: new.c[column] for column in columns})


def add(table: Table, *columns: str) -> Insert:
    """An upsert: an INSERT that adds the new `columns` to the stored ones where the key exists."""
    new = excluded(table)
    return upsert(insert(table), {column: table.c[column] + new.c[column] for column in columns})


def insert_new(tx: WriteTx, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless its key exists. Returns True when the row is new."""
    return tx.execute(skip_known(insert(table).values(values))).rowcount == 1


def total(amounts: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of whole numbers, 0 without any. PostgreSQL's SUM of 64-bit integers is a decimal."""
    return cast(func.coalesce(func.sum(amounts), 0), BigInteger)


def highest(column: Column[int]) -> ColumnElement[int]:
    """The highest number in a column; 0 in an empty table."""
    return func.coalesce(func.max(column), 0)


def newest(number: Column[int], *columns: Column[Any]) -> Select[Any]:
    """The highest number of a table, with other columns of its row, for the unit that writes the
    next row. No other transaction writes one meanwhile, as in `next_number`.
    """
    return select(number, *columns).order_by(number.desc()).limit(1)


def next_number(column: Column[int]) -> ScalarSelect[int]:
    """The number after the highest in a column, for a statement that writes the same table.

    A file has one writer at a time, so no other transaction takes the same number.
    """
    there = column.table.alias("numbered").c[column.name]
    return select(highest(there) + 1).scalar_subquery()


def in_parts(values: Collection[T], most: int = 500) -> Iterator[list[T]]:
    """The values of a long IN list, as many at once as an engine takes."""
    every = list(values)
    return (every[start : start + most] for start in range(0, len(every), most))
