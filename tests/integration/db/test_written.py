"""Whoever follows the writing of shops is told of each, once, however many there are who follow."""

import pytest

from daftari.db.base import WriteTx
from daftari.db.shops import ShopAhead, Shops
from tests.integration.db.support import Installation, lines, write_line


async def test_each_reader_is_told_of_every_written_shop_once(installation: Installation) -> None:
    shops, grocery = installation.shops, await installation.new_shop()
    assert shops.pop_written("heads") == {grocery}
    assert shops.pop_written("heads") == set()
    await shops.read(grocery, lines)
    assert shops.pop_written("heads") == set()
    await shops.write(grocery, write_line, "one")
    assert shops.pop_written("heads") == {grocery}
    assert shops.pop_written("worker") == {grocery}
    assert shops.pop_written("worker") == set()


async def test_what_is_given_back_is_told_again_to_that_reader_alone(
    installation: Installation,
) -> None:
    shops, grocery = installation.shops, await installation.new_shop()
    assert shops.pop_written("heads") == shops.pop_written("worker") == {grocery}
    shops.put_back_written("heads", {grocery})
    assert shops.pop_written("worker") == set()
    assert shops.pop_written("heads") == {grocery}


async def test_a_shop_of_a_later_release_is_not_told_as_written(installation: Installation) -> None:
    grocery = await installation.new_shop()
    await installation.shops.write(grocery, _age)
    await installation.shops.close()
    later = Shops(installation.control, installation.master, installation.storage, 2)
    for _ in range(2):
        with pytest.raises(ShopAhead):
            await later.read(grocery, lines)
        assert later.pop_written("worker") == set()
    await later.close()


def _age(tx: WriteTx) -> None:
    tx.exec_driver_sql("PRAGMA user_version = 9999")
