"""A full disk: nothing half-kept, and reading goes on."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from daftari.db.base import ReadTx, WriteTx
from daftari.db.connection import EncryptedFile, FileUnreadable, StorageFull
from daftari.db.storage import Storage
from daftari.settings import MIB
from tests.integration.db.support import Installation, lines, write_line


async def test_a_write_the_disk_has_no_room_for_keeps_nothing_and_reading_goes_on(
    installation: Installation,
) -> None:
    shop_id = await installation.new_shop()
    await installation.shops.write(shop_id, write_line, "one")
    await installation.shops.read(shop_id, _no_more_pages)
    with pytest.raises(StorageFull):
        await installation.shops.write(shop_id, _write_too_much)
    assert await installation.shops.read(shop_id, lines) == ["one"]
    await installation.shops.read(shop_id, _pages_again)
    await installation.shops.write(shop_id, write_line, "two")
    assert await installation.shops.read(shop_id, lines) == ["one", "two"]
    assert await installation.shops.check_file(shop_id) == []


async def test_below_the_reserve_writes_are_refused_and_reads_are_not(tmp_path: Path) -> None:
    roomy = await Installation.start(tmp_path)
    shop_id = await roomy.new_shop()
    await roomy.shops.write(shop_id, write_line, "one")
    await roomy.stop()
    low = await Installation.start(tmp_path, reserve_bytes=2**62)
    assert low.storage.is_low()
    with pytest.raises(StorageFull):
        await low.shops.write(shop_id, write_line, "two")
    assert await low.shops.read(shop_id, lines) == ["one"]
    await low.stop()


def test_a_ballast_is_held_while_there_is_room_and_given_back_once(tmp_path: Path) -> None:
    storage = Storage(tmp_path, 0)
    storage.keep_ballast()
    assert (tmp_path / "ballast").stat().st_size == MIB
    assert storage.drop_ballast()
    assert not storage.drop_ballast()
    Storage(tmp_path, 2**62).keep_ballast()
    assert not (tmp_path / "ballast").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MiB of its own, where the machine lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("mounting a small disk asks for root")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)


CHECKOUT = Path(__file__).parents[3]
CRASH = """
import asyncio, os, sys
from pathlib import Path
from daftari.db.connection import EncryptedFile
from tests.integration.db.support import rule_lines, write_line

async def main():
    file = await EncryptedFile.open(Path(sys.argv[1]), bytes(32))
    await file.write(rule_lines)
    await file.write(write_line, "one")
    os.kill(os.getpid(), 9)

asyncio.run(main())
"""


async def test_after_a_crash_on_a_full_disk_the_ballast_makes_reading_possible(
    small_disk: Path,
) -> None:
    place = small_disk / "a.db"
    paths = {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}"}
    subprocess.run([sys.executable, "-c", CRASH, place], env=os.environ | paths)
    place.with_name("a.db-shm").unlink()  # as after a restart of the machine
    storage = Storage(small_disk, 16 * MIB)
    storage._ballast.write_bytes(bytes(MIB))
    _fill(small_disk)
    with pytest.raises((FileUnreadable, StorageFull)):
        await EncryptedFile.open(place, bytes(32))
    file = await storage.open(place, bytes(32), made=False)
    assert await file.read(lines) == ["one"]
    assert not storage.drop_ballast()
    await file.close()


async def test_on_a_disk_that_fills_up_each_answered_line_is_there_and_no_other(
    small_disk: Path,
) -> None:
    installation = await Installation.start(small_disk)
    shop_id = await installation.new_shop()
    answered: list[str] = []

    async def write_on() -> None:
        for n in range(10_000):
            await installation.shops.write(shop_id, write_line, f"{n:05}", "x" * 3000)
            answered.append(f"{n:05}")

    with pytest.raises(StorageFull):
        await write_on()
    assert len(answered) > 50
    assert await installation.shops.read(shop_id, lines) == answered
    with pytest.raises(StorageFull):
        await installation.new_shop()
    assert list((small_disk / "unborn").iterdir()) == []
    assert await installation.shops.read(shop_id, lines) == answered
    await installation.stop()


def _fill(disk: Path) -> None:
    with (disk / "fill").open("ab", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                return


def _no_more_pages(tx: ReadTx) -> None:
    pages = tx.scalar(text("PRAGMA page_count"))
    tx.execute(text(f"PRAGMA max_page_count = {pages}"))


def _pages_again(tx: ReadTx) -> None:
    tx.execute(text("PRAGMA max_page_count = 1000000"))


def _write_too_much(tx: WriteTx) -> None:
    write_line(tx, "two")
    for n in range(100):
        write_line(tx, f"too much {n}", "x" * 3000)
