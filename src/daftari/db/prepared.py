"""Statements that are compiled once and run on the driver's own cursor.

At each execution SQLAlchemy looks for the compiled form of a statement and makes a context for it:
40 to 60 µs, several times what SQLite takes for a row. A prepared statement is declared in the
words of SQLAlchemy like any other, is given the same values, returns the same rows and raises the
same errors. It is for statements of a module that entries and pages run again and again; decision
0032 says what it leaves out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import BindParameter, Connection, Dialect, Executable
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import iterate

Values = Mapping[str, Any]
LONGEST_LIST = 8
"""A list of more values, or of none, is left to SQLAlchemy: each length is compiled by itself."""


class NotPreparable(Exception):
    """A statement whose SQL or values depend on more than the values it is run with.

    That is an INSERT without a value for a column that has a default in Python, and one that is
    run with other columns than at first.
    """


class Changed(NamedTuple):
    """The result of a statement that returns no rows."""

    rowcount: int


def prepared(statement: Executable) -> Executable:
    """The statement, to be compiled when it first runs; each run gives values for the same names.

    What is derived from it (`where`, `limit`) has to be derived before.
    """
    return _Prepared(statement)


class _Prepared(Executable):
    """What a connection executes: SQLAlchemy asks every statement how, by these two methods."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._lists = _lists_in(statement)
        self._forms: dict[tuple[int, ...], _Form] = {}

    def _execute_on_connection(
        self, connection: Connection, parameters: Sequence[Values], options: Any
    ) -> Any:
        lengths = tuple(len(parameters[0][name]) for name in self._lists)
        if self._lists and not (0 < min(lengths) <= max(lengths) <= LONGEST_LIST):
            return self._statement._execute_on_connection(connection, parameters, options)
        form = self._forms.get(lengths)
        if form is None or form.dialect is not connection.dialect:
            lists = dict(zip(self._lists, lengths, strict=True))
            form = _Form(self._statement, connection.dialect, parameters, lists)
            self._forms[lengths] = form
        return form.run(connection, parameters)

    def _execute_on_scalar(
        self, connection: Connection, parameters: Sequence[Values], options: object
    ) -> Any:
        return self._execute_on_connection(connection, parameters, options).scalar()


class _Form:
    """The SQL of a statement in one dialect, and how its values and rows are converted.

    `lists`: how many values each list of the statement has. The values of a list `ids` are named
    `ids_1`, `ids_2`, … in the SQL.
    """

    def __init__(
        self,
        statement: Any,
        dialect: Dialect,
        given: Sequence[Values],
        lists: Mapping[str, int],
    ) -> None:
        self.dialect = dialect
        self.compiled = _compiled(statement, dialect, given, lists)
        self._sql = str(self.compiled)
        self._lists = [*lists]
        of_list = {f"{name}_{i + 1}": name for name, n in lists.items() for i in range(n)}
        names, binds = self.compiled.positiontup or [], self.compiled.binds
        types = {name: binds[of_list.get(name, name)].type for name in names}
        self._values = [
            (name, types[name].dialect_impl(dialect).bind_processor(dialect)) for name in names
        ]
        known = of_list.keys() | (given[0].keys() if given else set())
        self._fixed = {
            name: binds[name].value
            for name in names
            if name not in known and not binds[name].required
        }
        self._row = _row_of(self.compiled, dialect)
        self._columns = frozenset(given[0]) if given and self.compiled.isinsert else None

    def run(self, connection: Any, parameters: Sequence[Values]) -> Changed | IteratorResult[Any]:
        if self._columns is not None and any(one.keys() != self._columns for one in parameters):
            raise NotPreparable(self._sql)  # a value without a place would be lost in silence
        values = [self._converted(one) for one in parameters or ({},)]
        cursor = connection.connection.driver_connection.cursor()
        is_many = len(values) > 1
        if connection._has_events or connection.engine._has_events:
            told = values if is_many else values[0]
            connection.dispatch.before_cursor_execute(
                connection, cursor, self._sql, told, self, is_many
            )
        try:
            if is_many:
                cursor.executemany(self._sql, values)
            else:
                cursor.execute(self._sql, values[0])
        except sqlcipher.Error as error:
            raise self._wrapped(error) from error
        if self._row is None:
            return Changed(cursor.rowcount)
        return IteratorResult(self._row, self._fetched(cursor))

    def _converted(self, given: Values) -> list[Any]:
        every = {**self._fixed, **given}
        for name in self._lists:
            every.update((f"{name}_{i}", one) for i, one in enumerate(given[name], 1))
        return [
            every[name] if convert is None else convert(every[name])
            for name, convert in self._values
        ]

    def _fetched(self, cursor: Any) -> Iterator[Any]:
        """The rows, each read when it is asked for."""
        try:
            yield from cursor
        except sqlcipher.Error as error:
            raise self._wrapped(error) from error

    def _wrapped(self, error: Exception) -> StatementError:
        """The error as SQLAlchemy raises it; it says nothing of the values."""
        return DBAPIError.instance(
            self._sql, None, error, sqlcipher.Error, hide_parameters=True, dialect=self.dialect
        )


def _lists_in(statement: Any) -> list[str]:
    """The names of its lists of any length: `column.in_(bindparam(name, expanding=True))`."""
    parts = (part for part in iterate(statement) if isinstance(part, BindParameter))
    return sorted({part.key for part in parts if part.expanding})


def _compiled(
    statement: Any, dialect: Dialect, given: Sequence[Values], lists: Mapping[str, int]
) -> SQLCompiler:
    options: dict[str, Any] = {"is_prepared": True}
    if lists:  # a place for each value
        statement, options = statement.params(given[0]), options | {"render_postcompile": True}
    names = sorted(given[0]) if given else []
    compiled = statement.compile(dialect=dialect, column_keys=names, compile_kwargs=options)
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise NotPreparable(str(compiled))
    return cast("SQLCompiler", compiled)


def _row_of(compiled: SQLCompiler, dialect: Dialect) -> SimpleResultMetaData | None:
    """The names and conversions of the columns that are returned, if any are."""
    columns = compiled._result_columns
    if not columns:
        return None
    convert = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return SimpleResultMetaData([one.keyname for one in columns], _processors=convert)
