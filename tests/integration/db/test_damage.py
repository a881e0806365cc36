"""One shop's damage stays in that shop."""

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from daftari.db.base import ReadTx, WriteTx
from daftari.db.shops import ShopDamaged
from tests.integration.db.support import Installation, lines, write_line

PAGE = 4096


@pytest.fixture
async def grocery(installation: Installation) -> str:
    """A shop of some hundred pages, put away."""
    shop_id = await installation.new_shop()
    await installation.shops.write(shop_id, _write_much)
    await installation.shops.close()
    assert installation.file(shop_id).stat().st_size > 60 * PAGE
    return shop_id


@pytest.fixture
async def bakery(installation: Installation) -> str:
    return await installation.new_shop()


def flip(place: int) -> Callable[[Path], None]:
    def flipped(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        file.write_bytes(content)

    return flipped


def cut(size: int) -> Callable[[Path], None]:
    return lambda file: os.truncate(file, size)


DAMAGE = {
    "a bit of the first page": flip(200),
    "a bit of the salt": flip(3),
    "a bit of a later page": flip(77 - 10 * PAGE),
    "a page cut short": cut(50 * PAGE + 100),
    "pages missing at the end": cut(20 * PAGE),
    "less than a page": cut(2000),
    "emptied": cut(0),
    "zeroes": lambda file: file.write_bytes(bytes(file.stat().st_size)),
    "gone": Path.unlink,
}


@pytest.mark.thorough
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
async def test_a_damaged_shop_says_so_again_and_again_while_others_go_on(
    installation: Installation, grocery: str, bakery: str, damage: Callable[[Path], None]
) -> None:
    damage(installation.file(grocery))
    for _ in range(3):
        with pytest.raises(ShopDamaged):
            await installation.shops.read(grocery, _read_all)
        with pytest.raises(ShopDamaged):
            await installation.shops.write(grocery, write_line, "more")
    await installation.shops.write(bakery, write_line, "bread")
    assert await installation.shops.read(bakery, lines) == ["bread"]
    assert grocery not in installation.shops._pool._open


@pytest.mark.thorough
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
@pytest.mark.parametrize("in_place", [True, False], ids=["written over", "moved in"])
async def test_a_restored_file_works_again_without_a_restart(
    installation: Installation,
    grocery: str,
    damage: Callable[[Path], None],
    in_place: bool,
    tmp_path: Path,
) -> None:
    file, copy = installation.file(grocery), tmp_path / "copy.db"
    shutil.copy(file, copy)
    damage(file)
    with pytest.raises(ShopDamaged):
        await installation.shops.read(grocery, _read_all)
    if in_place:
        shutil.copyfile(copy, file)
    else:
        copy.replace(file)
    assert len(await installation.shops.read(grocery, lines)) == 200
    await installation.shops.write(grocery, write_line, "more")
    assert await installation.shops.check_file(grocery) == []


async def test_another_shops_file_in_the_place_of_this_one_is_damage(
    installation: Installation, grocery: str, bakery: str
) -> None:
    await installation.shops.close()
    shutil.copyfile(installation.file(bakery), installation.file(grocery))
    with pytest.raises(ShopDamaged):
        await installation.shops.read(grocery, lines)
    assert await installation.shops.read(bakery, lines) == []


async def test_damage_that_comes_while_the_shop_is_open_reaches_all_who_wait(
    installation: Installation, grocery: str
) -> None:
    await installation.shops.read(grocery, lambda tx: None)
    flip(77 - 10 * PAGE)(installation.file(grocery))
    outcomes = await asyncio.gather(
        *(installation.shops.read(grocery, _read_all) for _ in range(10)), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {ShopDamaged}


async def test_a_file_replaced_while_open_is_noticed_before_the_next_unit(
    installation: Installation, grocery: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(installation.file(grocery), copy)
    await installation.shops.write(grocery, write_line, "after the copy")
    copy.replace(installation.file(grocery))
    await installation.shops.write(grocery, write_line, "after the restore")
    await installation.shops.close()
    kept = await installation.shops.read(grocery, lines)
    assert "after the restore" in kept
    assert "after the copy" not in kept


async def test_a_file_removed_while_open_takes_no_more_entries(
    installation: Installation, grocery: str
) -> None:
    await installation.shops.read(grocery, lines)
    installation.file(grocery).unlink()
    with pytest.raises(ShopDamaged):
        await installation.shops.write(grocery, write_line, "into the void")
    assert not installation.file(grocery).exists()


async def test_the_check_names_the_broken_page(installation: Installation, grocery: str) -> None:
    assert await installation.shops.check_file(grocery) == []
    await installation.shops.close()
    flip(77 - 10 * PAGE)(installation.file(grocery))
    broken = installation.file(grocery).stat().st_size // PAGE - 9
    assert await installation.shops.check_file(grocery) == [
        f"HMAC verification failed for page {broken}"
    ]


def _write_much(tx: WriteTx) -> None:
    for n in range(200):
        write_line(tx, f"{n:03}", "x" * 1500)


def _read_all(tx: ReadTx) -> int:
    return int(tx.scalar(text("SELECT sum(length(words)) FROM lines")) or 0)
