"""Every statement that a test runs on SQLite is compiled for PostgreSQL too; no server is needed.

A statement is looked at once in a run of the tests, by its SQL for SQLite.
"""

from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import CompileError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate

FUNCTIONS = {"abs", "coalesce", "count", "max", "min", "row_number", "sum"}
"""The SQL functions that both engines have, of those in use. SQLAlchemy lets every name pass."""

_DIALECT = make_url("postgresql://").get_dialect()()


class SecondEngine:
    """A listener to the statements of all engines, and what it found that PostgreSQL refuses."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._refused: list[str] = []

    def listen(self) -> None:
        event.listen(Engine, "before_cursor_execute", self._look)

    def stop(self) -> None:
        event.remove(Engine, "before_cursor_execute", self._look)

    def take_refused(self) -> list[str]:
        """What was refused since the last call."""
        refused, self._refused = self._refused, []
        return refused

    def _look(
        self, connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> None:
        if sql in self._seen or context.compiled is None:
            return
        self._seen.add(sql)
        reason = refusal(context.compiled)
        if reason:
            self._refused.append(f"{reason}\n{sql}")


def refusal(compiled: Any) -> str | None:
    """Why PostgreSQL would refuse a statement compiled for SQLite; None if it would not."""
    unknown = {
        part.name for part in iterate(compiled.statement) if isinstance(part, FunctionElement)
    } - FUNCTIONS
    if unknown:
        return f"{sorted(unknown)}: functions that the tests do not know of PostgreSQL"
    given = {"column_keys": compiled.column_keys} if isinstance(compiled, SQLCompiler) else {}
    try:
        compiled.statement.compile(dialect=_DIALECT, **given)
    except (CompileError, AttributeError, NotImplementedError) as error:
        # AttributeError: what SQLAlchemy says of a clause that belongs to another dialect
        return f"{type(error).__name__}: {error}"
    return None
