"""The chain's head is copied out of the shop's file, and moves but forward along its chain."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from daftari.db.connection import StorageFull
from daftari.kernel.clock import Clock
from daftari.ledger.jobs import copy_heads, copy_heads_forever
from daftari.ledger.rules.chain import ChainHead
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store.entries import find_head
from daftari.ledger.store.heads import find_copied_heads, put_heads
from tests.book import NOW
from tests.integration.ledger.support import Installation, open_installation


async def copy(installation: Installation) -> None:
    await copy_heads(installation.databases.shops, installation.databases.control, Clock())


async def copied(installation: Installation, *shop_ids: str) -> dict[str, ChainHead]:
    return await installation.databases.control.read(find_copied_heads, shop_ids)


async def head(installation: Installation, shop_id: str) -> ChainHead:
    return await installation.databases.shops.read(shop_id, find_head)


async def test_the_heads_of_all_shops_are_copied_in_one_write(installation, shop_id, monkeypatch):
    shops = [shop_id, await installation.new_shop(), await installation.new_shop()]
    await installation.few_lines(shops[1])
    writes = []
    monkeypatch.setattr(
        "daftari.ledger.jobs.put_heads", lambda *args: writes.append(put_heads(*args))
    )
    await copy(installation)
    expected = {one: await head(installation, one) for one in shops[:2]}
    assert await copied(installation, *shops) == expected
    assert {one.sequence for one in expected.values()} == {3}
    assert len(writes) == 1


async def test_nothing_is_written_when_nothing_was(installation, shop_id, monkeypatch):
    await copy(installation)
    before = await copied(installation, shop_id)
    monkeypatch.setattr("daftari.ledger.jobs.put_heads", None)
    await copy(installation)
    await installation.customer(shop_id)
    await copy(installation)
    assert await copied(installation, shop_id) == before


async def test_the_head_moves_forward(installation, shop_id):
    await copy(installation)
    await installation.few_lines(shop_id)
    await copy(installation)
    assert (await copied(installation, shop_id))[shop_id].sequence == 6
    assert (await installation.proof(shop_id)).faults == ()


async def test_the_head_never_moves_backwards(installation, shop_id):
    now = await head(installation, shop_id)
    newer, older = replace(now, sequence=9), replace(now, sequence=8)
    for one in (newer, older):
        await installation.databases.control.write(put_heads, {shop_id: one}, NOW)
    assert (await copied(installation, shop_id))[shop_id] == newer
    await installation.few_lines(shop_id)
    await copy(installation)
    assert (await copied(installation, shop_id))[shop_id] == newer


async def test_the_head_does_not_follow_a_book_written_anew(installation, shop_id):
    await copy(installation)
    before = await copied(installation, shop_id)
    harm = ("DROP TRIGGER entries_refuse_update", "UPDATE entries SET chain = zeroblob(32)")
    for statement in harm:
        await installation.databases.shops.write(
            shop_id, lambda tx, s=statement: tx.execute(text(s))
        )
    await installation.few_lines(shop_id)
    await copy(installation)
    assert (await head(installation, shop_id)).sequence == 6
    assert await copied(installation, shop_id) == before


async def test_a_damaged_shop_does_not_stop_the_others(installation, shop_id):
    other = await installation.new_shop()
    await installation.few_lines(other)
    await installation.databases.shops.close()
    installation.file(shop_id).write_bytes(b"x" * 8192)
    await copy(installation)
    assert set(await copied(installation, shop_id, other)) == {other}


async def test_a_copy_that_could_not_be_written_is_tried_again(installation, shop_id, monkeypatch):
    def full(*_):
        raise StorageFull

    with monkeypatch.context() as patch:
        patch.setattr("daftari.ledger.jobs.put_heads", full)
        with pytest.raises(StorageFull):
            await copy(installation)
    await copy(installation)
    assert (await copied(installation, shop_id))[shop_id].sequence == 3


async def test_what_a_killed_program_did_not_copy_is_copied_when_the_shop_is_opened(tmp_path):
    async with open_installation(tmp_path) as installation:
        shop_id = await installation.new_shop()
        await installation.few_lines(shop_id)
    async with open_installation(tmp_path) as installation:
        await head(installation, shop_id)
        await copy(installation)
        assert (await copied(installation, shop_id))[shop_id].sequence == 3


async def test_it_is_copied_every_few_seconds_and_once_more_at_the_end(installation, shop_id):
    shops, control = installation.databases.shops, installation.databases.control
    task = asyncio.create_task(copy_heads_forever(shops, control, Clock(), seconds=0.01))
    async with asyncio.timeout(30):
        while not await copied(installation, shop_id):
            await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    task = asyncio.create_task(copy_heads_forever(shops, control, Clock(), seconds=60))
    await asyncio.sleep(0)
    customer = await installation.customer(shop_id)
    await installation.entry(shop_id, customer, Kind.DEBT, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await copied(installation, shop_id))[shop_id].sequence == 4
