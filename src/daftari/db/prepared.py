"""Statements that are compiled once and run on the driver's own cursor.

At each execution SQLAlchemy looks for the compiled form of a statement and makes a context for it:
40 to 60 µs, several times what SQLite takes for a row. A prepared statement is declared in the
words of SQLAlchemy like any other, is given the same values, returns the same rows and raises the
same errors. It is for statements of a module that entries and pages run again and again; decision
0031 says what it leaves out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]


class NotPreparable(Exception):
    """A statement whose SQL or values depend on more than the values it is run with.

    That is a list of any length (`expanding`), and an INSERT without a value for a column that has
    a default in Python.
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

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._form: _Form | None = None

    def _execute_on_connection(
        self, connection: Connection, parameters: Sequence[Values], options: object
    ) -> Any:
        form = self._form
        if form is None or form.dialect is not connection.dialect:
            form = self._form = _Form(self._statement, connection.dialect, parameters)
        return form.run(connection, parameters)

    def _execute_on_scalar(
        self, connection: Connection, parameters: Sequence[Values], options: object
    ) -> Any:
        return self._execute_on_connection(connection, parameters, options).scalar()


class _Form:
    """The SQL of a statement in one dialect, and how its values and rows are converted."""

    def __init__(self, statement: Executable, dialect: Dialect, given: Sequence[Values]) -> None:
        self.dialect = dialect
        self.compiled = _compiled(statement, dialect, given)
        self._sql = str(self.compiled)
        names, binds = self.compiled.positiontup or [], self.compiled.binds
        self._values = [
            (name, binds[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names
        ]
        self._fixed = {name: binds[name].value for name in names if not binds[name].required}
        self._row = _row_of(self.compiled, dialect)

    def run(self, connection: Any, parameters: Sequence[Values]) -> Changed | IteratorResult[Any]:
        values = [self._converted(one) for one in parameters or ({},)]
        cursor = connection.connection.driver_connection.cursor()
        is_many = len(values) > 1
        if connection._has_events or connection.engine._has_events:
            told = connection, cursor, self._sql, values, self, is_many
            connection.dispatch.before_cursor_execute(*told)
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


def _compiled(statement: Executable, dialect: Dialect, given: Sequence[Values]) -> SQLCompiler:
    compiled = statement.compile(  # type: ignore[attr-defined]
        dialect=dialect,
        column_keys=sorted(given[0]) if given else [],
        compile_kwargs={"is_prepared": True},
    )
    if compiled.insert_prefetch or compiled.update_prefetch or compiled.post_compile_params:
        raise NotPreparable(str(compiled))
    return cast("SQLCompiler", compiled)


def _row_of(compiled: SQLCompiler, dialect: Dialect) -> SimpleResultMetaData | None:
    """The names and conversions of the columns that are returned, if any are."""
    columns = compiled._result_columns
    if not columns:
        return None
    convert = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return SimpleResultMetaData([one.keyname for one in columns], _processors=convert)
