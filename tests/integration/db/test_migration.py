"""A shop behind the program is migrated when it is opened; one ahead of it is refused.

The later release is this one with a revision more, run as a program of its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from daftari.db import migrate
from daftari.db.base import ReadTx
from daftari.db.connection import EncryptedFile
from daftari.db.control import Control, ControlAhead
from daftari.db.keys import MasterKey, find_wrapped_key
from daftari.db.migrate import Family
from daftari.db.shops import ShopAhead
from tests.integration.db.support import (
    Installation,
    keep_key,
    lines,
    open_handles,
    write_line,
)

CHECKOUT = Path(__file__).parents[3]

REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{next:04}"
down_revision = "{head:04}"


def upgrade() -> None:
    op.create_table("drawers", sa.Column("id", sa.Text(), primary_key=True))
    op.execute("INSERT INTO drawers SELECT id FROM lines")
    {ending}
"""


def next_release(place: Path, ending: str = "") -> Path:
    """A checkout with one revision more, which ends in `ending`."""
    (place / "src").mkdir(parents=True)
    (place / "src" / "daftari").symlink_to(CHECKOUT / "src" / "daftari")
    (place / "tests").symlink_to(CHECKOUT / "tests")
    shutil.copytree(CHECKOUT / "migrations", place / "migrations")
    head = migrate.head(Family.SHOP)
    revision = REVISION.format(head=head, next=head + 1, ending=ending)
    (place / "migrations/shop/versions" / f"{head + 1:04}_drawers.py").write_text(revision)
    return place


def run(release: Path, data: Path, *shop_ids: str) -> list[str]:
    program = CHECKOUT / "tests/integration/db/next_release.py"
    done = subprocess.run(
        [sys.executable, program, data, *shop_ids],
        env=os.environ | {"PYTHONPATH": f"{release / 'src'}:{release}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
async def shops(installation: Installation) -> list[str]:
    """Ten shops of this release, each with one line, all put away."""
    made = [await installation.new_shop() for _ in range(10)]
    for shop_id in made:
        await installation.shops.write(shop_id, write_line, "one")
    await installation.shops.close()
    return made


@pytest.mark.thorough
async def test_shops_opened_at_once_by_a_later_release_are_all_migrated(
    installation: Installation, shops: list[str], tmp_path: Path
) -> None:
    head = migrate.head(Family.SHOP)
    release = next_release(tmp_path / "100% next")
    assert run(release, installation.data, *shops) == [f"{head} {head + 1} 1"] * 10
    assert run(release, installation.data, *shops) == [f"{head + 1} {head + 1} 1"] * 10


async def test_a_shop_of_a_later_release_is_refused_and_left_alone(
    installation: Installation, shops: list[str], tmp_path: Path
) -> None:
    run(next_release(tmp_path / "next"), installation.data, shops[0])
    before = installation.file(shops[0]).read_bytes()
    with pytest.raises(ShopAhead):
        await installation.shops.read(shops[0], lines)
    with pytest.raises(ShopAhead):
        await installation.shops.write(shops[0], write_line, "two")
    assert installation.file(shops[0]).read_bytes() == before
    assert await installation.shops.read(shops[1], lines) == ["one"]


@pytest.mark.thorough
async def test_half_a_migration_is_nothing(
    installation: Installation, shops: list[str], tmp_path: Path
) -> None:
    broken = next_release(tmp_path / "broken", "op.execute(\"INSERT INTO drawers VALUES ('one')\")")
    assert run(broken, installation.data, shops[0]) == ["IntegrityError"]
    head = migrate.head(Family.SHOP)
    assert await installation.shops.migrate(shops[0]) == (head, head)
    assert await installation.shops.read(shops[0], _tables) == await installation.shops.read(
        shops[1], _tables
    )
    assert await installation.shops.read(shops[0], lines) == ["one"]


@pytest.mark.thorough
async def test_a_migration_killed_halfway_is_nothing(
    installation: Installation, shops: list[str], tmp_path: Path
) -> None:
    dying = next_release(tmp_path / "dying", "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(AssertionError):
        run(dying, installation.data, shops[0])
    head = migrate.head(Family.SHOP)
    assert await installation.shops.migrate(shops[0]) == (head, head)
    assert "drawers" not in await installation.shops.read(shops[0], _tables)
    assert await installation.shops.check_file(shops[0]) == []


async def test_an_empty_file_is_brought_to_the_newest_revision_once(tmp_path: Path) -> None:
    file = await EncryptedFile.open(tmp_path / "a.db", bytes(32))
    head = migrate.head(Family.SHOP)
    assert await migrate.bring_up(file, Family.SHOP) == 0
    assert await migrate.bring_up(file, Family.SHOP) == head
    assert await file.raw(migrate.version) == head
    assert "entries" in await file.read(_tables)
    await file.close()


async def test_the_control_file_is_made_migrated_and_found_again(tmp_path: Path) -> None:
    master = MasterKey.at(tmp_path / "master.key")
    control = await Control.open(tmp_path / "data", master)
    assert {"people", "shops", "shop_keys"} <= set(await control.read(_tables))
    await control.write(keep_key, "grocery", b"sealed")
    await control.close()
    control = await Control.open(tmp_path / "data", master)
    assert await control.read(find_wrapped_key, "grocery") == b"sealed"
    await control.close()


async def test_a_control_file_of_a_later_release_is_refused(tmp_path: Path) -> None:
    master = MasterKey.at(tmp_path / "master.key")
    control = await Control.open(tmp_path, master)
    await control.write(lambda tx: tx.exec_driver_sql("PRAGMA user_version = 9999"))
    await control.close()
    with pytest.raises(ControlAhead):
        await Control.open(tmp_path, master)
    assert open_handles(tmp_path) == []


def _tables(tx: ReadTx) -> list[str]:
    return list(tx.scalars(text("SELECT name FROM sqlite_master ORDER BY name")).all())
