"""DDL for which SQLAlchemy has no words, or none that two engines share."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from sqlalchemy import Table, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex, ExecutableDDLElement
from sqlalchemy.sql.compiler import DDLCompiler

Change = Literal["INSERT", "UPDATE", "DELETE"]
CHANGES: Final[tuple[Change, ...]] = ("INSERT", "UPDATE", "DELETE")
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


class KeepSums(ExecutableDDLElement):
    """A trigger that keeps, in the table `sums`, the sums of `column` over the rows of `table`.

    `by`: for each column of the key of `sums` its value, an SQL expression over `{row}`; rows in
    which `given` is NULL are left out. A sum of zero has no row. Each of the three changes has a
    trigger of its own; what `by` names does not change in a row.
    """

    def __init__(
        self,
        change: Change,
        table: str,
        column: str,
        *,
        sums: str,
        by: Mapping[str, str],
        given: str,
    ) -> None:
        self.change, self.table, self.column, self.sums = change, table, column, sums
        self.name = f"{sums}_{change.lower()}"
        self.of = f" OF {column}" if change == "UPDATE" else ""
        row = self.row = "OLD" if change == "DELETE" else "NEW"
        self.given = f"{row}.{given} IS NOT NULL"
        self.by = {name: value.format(row=row) for name, value in by.items()}

    def statements(self) -> str:
        new, old = f"NEW.{self.column}", f"OLD.{self.column}"
        difference = {"INSERT": new, "UPDATE": f"{new} - {old}", "DELETE": f"-{old}"}[self.change]
        keys, values = ", ".join(self.by), ", ".join(self.by.values())
        this = " AND ".join(f"{name} = {value}" for name, value in self.by.items())
        added = f"{self.sums}.{self.column} + excluded.{self.column}"
        return (
            f"INSERT INTO {self.sums} ({keys}, {self.column}) VALUES ({values}, {difference}) "
            f"ON CONFLICT ({keys}) DO UPDATE SET {self.column} = {added}; "
            f"DELETE FROM {self.sums} WHERE {this} AND {self.column} = 0; "
        )


def keep_sums(table: Table, column: str, *, sums: Table, by: Mapping[str, str], given: str) -> None:
    """Declare the triggers that keep sums; the migration runs a `KeepSums` for each change."""
    for change in CHANGES:
        kept = KeepSums(change, table.name, column, sums=sums.name, by=by, given=given)
        event.listen(table, "after_create", kept)


@compiles(KeepSums, "sqlite")
def _sums_on_sqlite(trigger: KeepSums, compiler: DDLCompiler, **kw: Any) -> str:
    return (
        f"CREATE TRIGGER {trigger.name} AFTER {trigger.change}{trigger.of} ON {trigger.table} "
        f"WHEN {trigger.given} BEGIN {trigger.statements()}END"
    )


@compiles(KeepSums, "postgresql")
def _sums_on_postgresql(trigger: KeepSums, compiler: DDLCompiler, **kw: Any) -> str:
    return (
        f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {trigger.statements()}RETURN NULL; END $$; "
        f"CREATE TRIGGER {trigger.name} AFTER {trigger.change}{trigger.of} ON {trigger.table} "
        f"FOR EACH ROW WHEN ({trigger.given}) EXECUTE FUNCTION {trigger.name}()"
    )


class CountRows(ExecutableDDLElement):
    """A trigger that counts the rows added to `table`, and sums a column of theirs, in the table
    `sums`; for migrations.

    `by`: for each column of the key of `sums` its value, an SQL expression over `{row}`. Two of
    them belong together: one adds each new row in its place; the other (`takes_back`) takes the row
    that a new one reverses by its `reverses_id` out of the place of that row. A place from which
    all was taken back keeps its row, of zero.
    """

    def __init__(
        self, table: str, column: str, *, sums: str, by: Mapping[str, str], takes_back: bool
    ) -> None:
        self.table, self.column, self.sums, self.by = table, column, sums, by
        self.takes_back = takes_back
        self.name = f"{sums}_{'take_back' if takes_back else 'count'}"
        self.when = "WHEN (NEW.reverses_id IS NOT NULL)" if takes_back else ""

    def statement(self) -> str:
        column, sums = self.column, self.sums
        if self.takes_back:
            values = {name: value.format(row="old_row") for name, value in self.by.items()}
            place = " AND ".join(f"{sums}.{name} = {value}" for name, value in values.items())
            return (
                f"UPDATE {sums} SET entry_count = {sums}.entry_count - 1, "
                f"{column} = {sums}.{column} - old_row.{column} FROM {self.table} AS old_row "
                f"WHERE old_row.id = NEW.reverses_id AND {place}; "
            )
        keys = ", ".join(self.by)
        values_of_new = ", ".join(value.format(row="NEW") for value in self.by.values())
        return (
            f"INSERT INTO {sums} ({keys}, entry_count, {column}) "
            f"VALUES ({values_of_new}, 1, NEW.{column}) ON CONFLICT ({keys}) DO UPDATE SET "
            f"entry_count = {sums}.entry_count + 1, "
            f"{column} = {sums}.{column} + excluded.{column}; "
        )


def count_rows(table: Table, column: str, *, sums: Table, by: Mapping[str, str]) -> None:
    """Declare the two triggers; the migration runs a `CountRows` for each."""
    for takes_back in (False, True):
        counted = CountRows(table.name, column, sums=sums.name, by=by, takes_back=takes_back)
        event.listen(table, "after_create", counted)


@compiles(CountRows, "sqlite")
def _counts_on_sqlite(trigger: CountRows, compiler: DDLCompiler, **kw: Any) -> str:
    return (
        f"CREATE TRIGGER {trigger.name} AFTER INSERT ON {trigger.table} "
        f"{trigger.when} BEGIN {trigger.statement()}END"
    )


@compiles(CountRows, "postgresql")
def _counts_on_postgresql(trigger: CountRows, compiler: DDLCompiler, **kw: Any) -> str:
    return (
        f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {trigger.statement()}RETURN NULL; END $$; "
        f"CREATE TRIGGER {trigger.name} AFTER INSERT ON {trigger.table} "
        f"FOR EACH ROW {trigger.when} EXECUTE FUNCTION {trigger.name}()"
    )


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
