"""kill -9 in the middle of a migration that rebuilds tables: the shop opens as it was before."""

import os
from pathlib import Path

import pytest

from daftari.db import migrate
from daftari.db.migrate import Family
from tests import programs
from tests.crash.migrating import live
from tests.integration.db.rebuilding import FULL, counts, fill, later_release, schema
from tests.integration.ledger.support import open_installation

STEPS = (
    "CREATE TABLE rebuilt_customers",
    "DROP TABLE customers",
    "ALTER TABLE rebuilt_customers",
    "DROP TABLE entries",
    "ALTER TABLE rebuilt_entries",
    "CREATE TRIGGER entries_refuse",
    "PRAGMA foreign_key_check",
)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return later_release(tmp_path_factory.mktemp("later") / "migrations")


async def test_a_shop_killed_at_any_step_is_as_before_and_is_migrated_later(
    tmp_path: Path, release: Path
) -> None:
    head = migrate.head(Family.SHOP)
    async with open_installation(tmp_path) as installation:
        shop_id = await fill(installation)
        before = await installation.databases.shops.read(shop_id, counts)
        made = await installation.databases.shops.read(shop_id, schema)
    assert all(before[name] for name in FULL)
    for step in STEPS:
        assert _migrate(release, tmp_path, shop_id, step) == (-9, "")
        async with open_installation(tmp_path) as installation:
            assert await installation.databases.shops.migrate(shop_id) == (head, head)
            assert await installation.databases.shops.read(shop_id, counts) == before
            assert await installation.databases.shops.read(shop_id, schema) == made
            assert (await installation.proof(shop_id)).faults == ()
            assert await installation.databases.shops.check_file(shop_id) == []
    assert _migrate(release, tmp_path, shop_id, "no such step") == (0, f"{head} {head + 1}\n")
    assert _migrate(release, tmp_path, shop_id, "no such step") == (0, f"{head + 1} {head + 1}\n")


def _migrate(release: Path, data: Path, shop_id: str, step: str) -> tuple[int, str]:
    said = data / "said"
    said.unlink(missing_ok=True)
    process = programs.begin_function(live, (release, data, shop_id, step), os.environ, said)
    process.join(600)
    assert process.exitcode is not None
    return process.exitcode, said.read_text()
