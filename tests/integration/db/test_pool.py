"""A bounded number of shops stays open; nobody is put away while busy."""

import asyncio
import random
import threading
from pathlib import Path

import pytest

from daftari.db.connection import EncryptedFile
from daftari.db.pool import Pool
from daftari.db.shops import ShopUnknown
from daftari.kernel.ids import new_id
from tests.integration.db.support import Installation, lines, open_handles, write_line


@pytest.fixture
async def small(tmp_path: Path) -> Installation:
    """An installation that keeps two shops open."""
    return await Installation.start(tmp_path / "data", open_shops=2)


async def test_no_more_shops_stay_open_than_were_asked_for(small: Installation) -> None:
    shops = [await small.new_shop() for _ in range(6)]
    for shop_id in shops * 2:
        await small.shops.read(shop_id, lines)
    await _settled(small)
    held = {name for name in open_handles(small.data / "shops") if name.endswith(".db")}
    assert held == {str(small.file(shop_id)) for shop_id in shops[-2:]}
    await small.stop()


async def test_the_shop_used_longest_ago_is_put_away_first(small: Installation) -> None:
    first, second, third = [await small.new_shop() for _ in range(3)]
    for shop_id in (first, second, first, third):
        await small.shops.read(shop_id, lines)
    await _settled(small)
    assert set(small.shops._pool._open) == {first, third}
    await small.stop()


async def test_a_busy_shop_is_never_put_away(small: Installation) -> None:
    busy, *others = [await small.new_shop() for _ in range(8)]
    entered, leave = threading.Event(), threading.Event()

    def stay(tx: object) -> None:
        entered.set()
        leave.wait(5)

    staying = asyncio.create_task(small.shops.read(busy, stay))
    await asyncio.to_thread(entered.wait, 5)
    file = small.shops._pool._open[busy]
    for shop_id in others:
        await small.shops.read(shop_id, lines)
    assert small.shops._pool._open[busy] is file
    leave.set()
    await staying
    await small.stop()


async def test_even_when_all_are_busy_there_is_a_limit_and_nobody_waits_for_ever(
    small: Installation,
) -> None:
    shops = [await small.new_shop() for _ in range(12)]
    most = 0

    def count(tx: object) -> None:
        nonlocal most
        names = [name for name in open_handles(small.data / "shops") if name.endswith(".db")]
        most = max(most, len(set(names)))

    await asyncio.gather(*(small.shops.read(shop_id, count) for shop_id in shops * 3))
    assert 2 < most <= 4
    await small.stop()


async def test_a_shop_asked_for_while_it_closes_is_opened_again_whole(small: Installation) -> None:
    one, two, three = [await small.new_shop() for _ in range(3)]
    for n in range(25):
        await small.shops.write(one, write_line, f"{n:02}", "x" * 5000)
        await asyncio.gather(small.shops.read(two, lines), small.shops.read(three, lines))
        assert one in small.shops._pool._closing or one not in small.shops._pool._open
        assert len(await small.shops.read(one, lines)) == n + 1
    await small.stop()


async def test_two_hundred_at_once_over_more_shops_than_may_be_open(tmp_path: Path) -> None:
    crowd = await Installation.start(tmp_path / "data", open_shops=4)
    shops = [await crowd.new_shop() for _ in range(15)]
    chance = random.Random(7)

    async def visit(n: int) -> None:
        shop_id = shops[n % len(shops)]
        await asyncio.sleep(chance.random() / 50)
        await crowd.shops.write(shop_id, write_line, f"{n:03}")
        assert f"{n:03}" in await crowd.shops.read(shop_id, lines)

    await asyncio.wait_for(asyncio.gather(*(visit(n) for n in range(200))), 60)
    kept = [await crowd.shops.read(shop_id, lines) for shop_id in shops]
    assert sorted(sum((list(of_shop) for of_shop in kept), [])) == [f"{n:03}" for n in range(200)]
    await crowd.stop()


async def test_a_hundred_who_ask_at_once_open_the_file_once(installation: Installation) -> None:
    shop_id = await installation.new_shop()
    await installation.shops.close()
    opened = []

    async def open_slowly(asked: str) -> EncryptedFile:
        opened.append(asked)
        await asyncio.sleep(0.05)
        return await EncryptedFile.open(installation.data / "any.db", bytes(32))

    pool = Pool(2, open_slowly)
    one = asyncio.gather(
        *(pool.run(shop_id, lambda file: file.raw(lambda driver: 1)) for _ in range(100))
    )
    assert await one == [1] * 100
    assert opened == [shop_id]
    await pool.close()


async def test_a_shop_given_up_while_it_opens_does_not_stop_others(small: Installation) -> None:
    shops = [await small.new_shop() for _ in range(8)]
    await small.shops.close()
    for _ in range(10):
        tasks = [asyncio.create_task(small.shops.read(shop_id, lines)) for shop_id in shops]
        await asyncio.sleep(0.0005)
        for task in tasks:
            task.cancel()
    outcomes = await asyncio.gather(*(small.shops.read(shop_id, lines) for shop_id in shops))
    assert outcomes == [[]] * 8
    assert not small.shops._pool._leases
    await small.stop()


async def test_closing_leaves_no_thread_and_no_file_open(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    installation = await Installation.start(tmp_path / "data", open_shops=3)
    shops = [await installation.new_shop() for _ in range(7)]
    reading = [asyncio.create_task(installation.shops.read(shop_id, lines)) for shop_id in shops]
    await asyncio.sleep(0)
    assert open_handles(tmp_path)
    await installation.stop()
    await asyncio.gather(*reading, return_exceptions=True)
    await installation.shops.close()
    await asyncio.sleep(0.05)
    left = {
        thread for thread in set(threading.enumerate()) - before if "asyncio" not in thread.name
    }
    assert left == set()
    assert open_handles(tmp_path) == []
    assert not list((tmp_path / "data" / "shops").rglob("*-wal"))


async def test_a_shop_nobody_has_is_unknown(installation: Installation) -> None:
    with pytest.raises(ShopUnknown):
        await installation.shops.read(new_id(), lines)
    with pytest.raises(ShopUnknown):
        await installation.shops.write("../../control", lines)


async def _settled(installation: Installation) -> None:
    while installation.shops._pool._closing:
        await asyncio.sleep(0.005)
