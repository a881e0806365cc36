"""Narrowing of a transaction to one branch of a shop.

While a transaction is narrowed, each table that has declared it is hidden behind a temporary view
of the same name, which has the rows of that branch alone. So every statement reads the branch and
no other, also one that nobody thought of branches for. In SQLite and in PostgreSQL a name is looked
up among the temporary ones first.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar

from sqlalchemy import Table

from daftari.db.base import ReadTx
from daftari.kernel.ids import is_id

P = ParamSpec("P")
T = TypeVar("T")


class KeyedBranch(Protocol):
    """A branch, as the room of identity knows them."""

    @property
    def key(self) -> str | None:
        """The value of `branch_id` in its rows; None for the first branch, whose rows were there
        before any other.
        """


_VIEWS: Final[dict[str, str]] = {}
_IS_OF_BRANCH = "{table}.branch_id IS {key}"


def rows_of_branch(table: Table, condition: str = _IS_OF_BRANCH, **instead: str) -> None:
    """Declare the rows of a table that a narrowed transaction sees, in the order in which the views
    build on each other. `condition`: SQL over the row; `instead`: SQL in the place of a column.
    """
    name = table.name
    values = {one.name: instead.get(one.name, f"{name}.{one.name}") for one in table.c}
    columns = ", ".join(f"{value} AS {column}" for column, value in values.items())
    _declare(name, f"SELECT {columns} FROM main.{name} AS {name} WHERE {condition}")


def sums_of_branch(table: Table, select: str) -> None:
    """Declare the rows of a table of sums as a narrowed transaction sees them: an SQL SELECT."""
    _declare(table.name, select)


def _declare(name: str, select: str) -> None:
    _VIEWS[name] = f"CREATE TEMP VIEW {name} AS {select}"


@contextmanager
def narrowed(tx: ReadTx, branch: KeyedBranch | None) -> Iterator[None]:
    """Narrow the transaction to the rows of a branch; None for all rows.

    Nothing may be written meanwhile. After an exception the transaction is rolled back, and the
    views with it.
    """
    if branch is None:
        yield
        return
    key = _literal(branch.key)
    for name, sql in _VIEWS.items():
        tx.exec_driver_sql(sql.format(table=name, key=key))
    yield
    for name in reversed(_VIEWS):
        tx.exec_driver_sql(f"DROP VIEW temp.{name}")


def read_narrowed(
    tx: ReadTx,
    branch: KeyedBranch | None,
    fn: Callable[Concatenate[ReadTx, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run `fn(tx, …)` in the narrowed transaction."""
    with narrowed(tx, branch):
        return fn(tx, *args, **kwargs)


def _literal(key: str | None) -> str:
    """The key in SQL: a view takes no parameters."""
    if key is None:
        return "NULL"
    if not is_id(key):
        raise ValueError("no id of a branch")
    return f"'{key}'"
