"""DDL for which SQLAlchemy has no words, or none that two engines share."""

from typing import Any, Literal

from sqlalchemy import Table, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, ExecutableDDLElement
from sqlalchemy.sql.compiler import DDLCompiler

Change = Literal["UPDATE", "DELETE"]
_REASON = "the book is append-only"


class RefuseChange(ExecutableDDLElement):
    """A trigger that refuses one kind of change to a table's rows. For migrations."""

    def __init__(self, table: str, change: Change) -> None:
        self.table = table
        self.change = change
        self.name = f"{table}_refuse_{change.lower()}"


def append_only(table: Table) -> None:
    """Declare triggers that refuse UPDATE and DELETE; the migration runs a `RefuseChange` each."""
    event.listen(table, "after_create", RefuseChange(table.name, "UPDATE"))
    event.listen(table, "after_create", RefuseChange(table.name, "DELETE"))


@compiles(RefuseChange, "sqlite")
def _on_sqlite(trigger: RefuseChange, compiler: DDLCompiler, **kw: Any) -> str:
    return (
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.change} ON {trigger.table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REASON}'); END"
    )


@compiles(RefuseChange, "postgresql")
def _on_postgresql(trigger: RefuseChange, compiler: DDLCompiler, **kw: Any) -> str:
    return (
        f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{_REASON}'; END $$; "
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.change} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
    )


@compiles(CreateIndex, "postgresql")
def _partial_index(create: CreateIndex, compiler: DDLCompiler, **kw: Any) -> str:
    """The condition of a partial index is declared as SQLite's option only: an option of
    PostgreSQL in a declaration would import its whole dialect.
    """
    options = create.element.dialect_options
    options["postgresql"]["where"] = options["sqlite"]["where"]
    statement: str = compiler.visit_create_index(create, **kw)  # type: ignore[no-untyped-call]
    return statement
