"""A part of a transaction that is taken back: what was refused late leaves no more than what was
refused early.
"""

import pytest

from daftari.db.connection import StorageFull
from daftari.db.engine import attempt
from daftari.kernel.refusal import Refusal
from daftari.offline.actions import sync


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


async def test_an_item_refused_after_it_was_written_leaves_nothing(umm_salim, abu_ali, monkeypatch):
    real = sync.record_new_entry

    def refuses_late(tx, member, at, command, **more):
        done = real(tx, member, at, command, **more)
        if command.amount_minor == 700:
            raise Refusal(form="customer_frozen")
        return done

    monkeypatch.setattr(sync, "record_new_entry", refuses_late)
    debts = [umm_salim.debt(abu_ali, minor) for minor in (100, 700, 200)]
    assert await umm_salim.send(*debts) == ["written", "refused customer_frozen", "written"]
    seen = await umm_salim.seen(abu_ali)
    assert [line["balance_after_minor"] for line in seen["lines"]] == [300, 100]
    assert seen["balances"] == {"SAR": 300}


async def test_a_disk_that_fills_in_the_middle_takes_the_whole_batch_back(app, umm_salim, abu_ali):
    """SQLite has then rolled back already, and the part's own mark is gone."""

    def fills_up(tx) -> None:
        tx.exec_driver_sql("UPDATE customers SET note = 'half done'")
        with attempt(tx):
            tx.connection.driver_connection.execute("ROLLBACK")
            raise StorageFull

    with pytest.raises(StorageFull):
        await app.state.shops.write(umm_salim.shop_client.home[3:], fills_up)
    assert "note" not in await umm_salim.seen(abu_ali)
    assert await umm_salim.send(umm_salim.debt(abu_ali)) == ["written"]
