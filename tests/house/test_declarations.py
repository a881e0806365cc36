"""Tables are declared by the helpers of `db`, as a whole schema for SQLite and for PostgreSQL."""

import ast
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import BigInteger, MetaData, create_mock_engine

import daftari.app  # imports every table
from daftari.db import migrate
from daftari.db.base import WriteTx, control_tables, shop_tables
from daftari.db.engine import begin_write, engine_on
from daftari.db.migrate import Family
from tests.house.tree import PACKAGE, PYTHON, parsed, place

assert daftari.app

FAMILIES = {Family.CONTROL: control_tables, Family.SHOP: shop_tables}
BY_A_HELPER = {"ForeignKey", "Index", "PrimaryKeyConstraint", "Table", "UniqueConstraint"}
WIDE = ("_e8", "_micros", "_minor", "sequence", "sign_count", "version", "woken")
BY_A_HELPER_AS_WELL = {"primary_key", "unique", "index", "autoincrement"}


def test_keys_references_and_indexes_are_declared_by_helpers():
    calls = [
        (path, node)
        for path in PYTHON
        if path.parent != PACKAGE / "db" or path.stem == "keys"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    columns = [(path, call) for path, call in calls if call.func.id == "Column"]
    wrong = [(path, call) for path, call in calls if call.func.id in BY_A_HELPER] + [
        (path, call)
        for path, call in columns
        if {keyword.arg for keyword in call.keywords} & BY_A_HELPER_AS_WELL
    ]
    assert len(columns) > 100
    assert not [f"{place(path)}:{call.lineno}" for path, call in wrong]


def test_money_and_numbers_that_grow_have_64_bits():
    columns = [
        column
        for tables in FAMILIES.values()
        for table in tables.tables.values()
        for column in table.columns
        if column.name.endswith(WIDE) and column.name != "text_version"
    ]
    assert len(columns) > 25
    assert not [str(column) for column in columns if not isinstance(column.type, BigInteger)]


@pytest.mark.parametrize("family", list(Family))
def test_the_migrations_make_the_declared_triggers(family: Family):
    def declared(tx: WriteTx) -> None:
        FAMILIES[family].create_all(tx, checkfirst=False)

    def migrated(tx: WriteTx) -> None:
        migrate.upgrade(tx, family)

    triggers = _triggers(migrated)
    assert triggers == _triggers(declared)
    assert bool(triggers) == (family is Family.SHOP)


@pytest.mark.parametrize("family", list(Family))
def test_the_schema_compiles_for_postgresql(family: Family):
    statements = _for_postgresql(FAMILIES[family])
    made = [sql.split("(")[0].split()[:2] for sql in statements]
    assert made.count(["CREATE", "TABLE"]) == len(FAMILIES[family].tables)
    if family is Family.SHOP:
        assert any("WHERE reverses_id IS NOT NULL" in sql for sql in statements)
        assert any("BEFORE DELETE ON entries FOR EACH ROW" in sql for sql in statements)
        assert any("sequence BIGINT NOT NULL" in sql for sql in statements)


def _triggers(make: Any) -> list[tuple[str, str]]:
    driver = sqlcipher.connect(":memory:", isolation_level=None)
    with begin_write(engine_on(driver)) as tx:
        make(tx)
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    return driver.execute(query).fetchall()


def _for_postgresql(tables: MetaData) -> list[str]:
    statements: list[str] = []

    def note(ddl: Any, *_: object) -> None:
        statements.append(str(ddl.compile(dialect=engine.dialect)).strip())

    engine: Any = create_mock_engine("postgresql+psycopg://", note)
    tables.create_all(engine, checkfirst=False)
    return statements
