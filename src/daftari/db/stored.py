"""Columns read as they are stored, for a proof: SQLite keeps a value of any type in any column."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, Dialect, Text, type_coerce
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from daftari.db.base import Moment
from daftari.kernel.clock import from_text

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)  # as `as_text` writes it


def as_stored(column: Column[Any]) -> ColumnElement[Any]:
    """The column, with days as `date`, moments as `datetime`, and all other values unchanged.

    What is no day or moment in the one form in which they are written is unchanged, too: its type
    tells that it is wrong.
    """
    if isinstance(column.type, Date):
        return type_coerce(column, _Checked(column.type, _day))
    if isinstance(column.type, Moment):
        return type_coerce(column, _Checked(column.type, _moment))
    return type_coerce(column, NullType())


def as_written(column: Column[Any]) -> ColumnElement[Any]:
    """The column as the file holds it: days and moments as text. For what copies every row."""
    return type_coerce(column, NullType())


class _Checked(TypeDecorator[Any]):
    """A declared type, whose values are read by `read` on SQLite, which has no such type."""

    impl = Text
    cache_ok = True

    def __init__(self, declared: TypeEngine[Any], read: Callable[[str], Any]) -> None:
        super().__init__()
        self.declared, self.read = declared, read

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else self.declared)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return self.read(value) if type(value) is str else value


@lru_cache(4096)  # a book has many entries of a day
def _day(text: str) -> date | str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day.isoformat() == text else text


def _moment(text: str) -> datetime | str:
    try:
        return from_text(text) if _MOMENT.fullmatch(text) else text
    except ValueError:
        return text
