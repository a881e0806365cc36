"""The tables in code are those the migrations make, and each has someone who answers for it."""

import importlib
import secrets
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, Table

from daftari.db import migrate
from daftari.db.base import Personal, ReadTx, control_tables, shop_tables
from daftari.db.connection import EncryptedFile
from daftari.db.migrate import Family
from daftari.kernel.personal import Claim
from tests.house.tree import PACKAGE, PYTHON

FAMILIES = {Family.CONTROL: control_tables, Family.SHOP: shop_tables}


@pytest.fixture(scope="module", autouse=True)
def _every_table_is_declared() -> None:
    for path in PYTHON:
        if "tables" in path.relative_to(PACKAGE).parts[1:] or path.stem in ("tables", "keys"):
            importlib.import_module(_module(path))


@pytest.fixture(scope="module")
def claims() -> list[tuple[str, Claim]]:
    homes = [_module(path) for path in PYTHON if path.stem == "personal_data"]
    return [claim for home in homes for claim in importlib.import_module(home).CLAIMS.items()]


@pytest.mark.parametrize("family", list(Family))
async def test_the_tables_are_those_the_migrations_make(family: Family, tmp_path: Path):
    file = await EncryptedFile.open(tmp_path / "fresh.db", secrets.token_bytes(32))
    try:
        await file.write(migrate.upgrade, family)
        differences = await file.read(_differences, FAMILIES[family])
    finally:
        await file.close()
    assert len(FAMILIES[family].tables) > 3
    assert not differences


def test_every_table_is_claimed_once(claims):
    claimed = [name for name, _ in claims]
    assert claimed
    assert sorted(claimed) == sorted(_tables())


def test_a_claim_names_columns_that_are_there(claims):
    tables = _tables()
    named = {name: {*claim.erase, claim.by} - {""} for name, claim in claims}
    wrong = {name: columns - set(tables[name].c.keys()) for name, columns in named.items()}
    assert not {name: columns for name, columns in wrong.items() if columns}


def test_whatever_says_who_somebody_is_can_be_erased(claims):
    tables = _tables()
    left = {
        name: kept
        for name, claim in claims
        if not claim.leaves and (kept := _personal(tables[name]) - set(claim.erase))
    }
    assert any(_personal(table) for table in tables.values())
    assert not left


def test_what_is_erased_may_be_empty(claims):
    tables = _tables()
    assert not [
        (name, column)
        for name, claim in claims
        for column, blank in claim.erase.items()
        if blank is None and not tables[name].c[column].nullable
    ]


def test_every_claim_says_how_long_and_why(claims):
    assert not [name for name, claim in claims if len(claim.kept.split()) < 3]


def _differences(tx: ReadTx, tables: MetaData) -> list[object]:
    tx.dialect.initialize(tx)  # the program itself never asks a file for its tables
    context = MigrationContext.configure(tx, opts={"compare_type": True})
    return compare_metadata(context, tables)


def _tables() -> dict[str, Table]:
    return {**control_tables.tables, **shop_tables.tables}


def _personal(table: Table) -> set[str]:
    return {column.name for column in table.c if isinstance(column.type, Personal)}


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
