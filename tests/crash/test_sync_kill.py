"""kill -9 before, in and after the commit of a batch: the phone sends it again, and all is once."""

import asyncio
import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from daftari.db.databases import open_databases
from daftari.identity.actions.sessions import begin_session
from daftari.identity.actions.shops import open_shop
from daftari.identity.rules import Person
from daftari.identity.rules.commands import NewShop
from daftari.kernel.clock import Clock, as_text
from daftari.kernel.ids import new_id
from daftari.settings import Settings
from tests.server import Server

KILLS = 8
ITEMS = 1500


async def test_a_queue_drained_into_a_dying_server_is_in_the_book_once(tmp_path: Path) -> None:
    chance = random.Random(31)
    server = Server(tmp_path / "data")
    shop_id, user, token = await _open(server)
    queue = list(_queue(shop_id, user))
    everything, heard, cut = list(queue), dict[str, str](), 0
    try:
        for kill in range(KILLS + 1):
            await asyncio.to_thread(server.start)
            drain = asyncio.create_task(_drain(server, shop_id, token, queue, heard))
            if kill < KILLS:
                await asyncio.sleep(chance.uniform(0.02, 0.35))
                server.kill()
            cut += await drain
        assert (len(queue), len(heard), cut) == (0, ITEMS, KILLS)
        await _drain(server, shop_id, token, everything, replayed := {})
    finally:
        server.stop()
    assert (len(replayed), set(replayed.values())) == (ITEMS, {"known"})
    proof = server.command("verify")
    assert (proof.returncode, f"right  {ITEMS - 1} entries" in proof.stdout) == (0, True)


async def _drain(
    server: Server, shop_id: str, token: str, queue: list[dict[str, Any]], heard: dict[str, str]
) -> bool:
    """Batch after batch until the queue is empty. Whether it was cut short: the server is gone."""
    said = {"Origin": server.origin, "Cookie": f"daftari={token}"}
    async with httpx.AsyncClient(base_url=server.origin, headers=said, timeout=30) as browser:
        while queue:
            batch = {"device": queue[0]["device"], "now": as_text(Clock().now())}
            try:
                answer = await browser.post(
                    f"/s/{shop_id}/sync", json=batch | {"items": queue[:50]}
                )
            except httpx.TransportError:
                return True
            assert answer.status_code == 200, answer.text
            for told in answer.json()["answers"]:
                assert told["answer"] in ("written", "known"), told
                assert told["id"] not in heard
                heard[told["id"]] = told["answer"]
            queue[:] = [item for item in queue if item["id"] not in heard]
    return False


def _queue(shop_id: str, user: str) -> Iterator[dict[str, Any]]:
    """A customer, and what he buys."""
    customer, device, numbers = new_id(), new_id(), count(1)

    def item(verb: str, item_id: str, **said: Any) -> dict[str, Any]:
        place = {"user": user, "shop": shop_id, "device": device, "sequence": next(numbers)}
        born = {"made_at": as_text(Clock().now())}
        return {"v": 1, "id": item_id, "verb": verb, **place, **born, **said}

    yield item("add_customer", customer, name="أبو علي")
    debt = {"customer_id": customer, "kind": "debt", "amount_minor": 1, "currency": "SAR"}
    for _ in range(ITEMS - 1):
        yield item("record_entry", new_id(), **debt)


async def _open(server: Server) -> tuple[str, str, str]:
    """A shop, its owner, and the token of the owner's cookie."""
    key = server.data / "master.key"
    settings = Settings(data=server.data, master_key_file=key, reserve_bytes=0)
    now, umm_salim = Clock().now(), Person(new_id(), "أم سليم", "+966500000001", "ar")
    shop = NewShop(new_id(), "بقالة النور", "SA", umm_salim)
    async with open_databases(settings) as databases:
        await databases.control.write(open_shop, shop, await databases.shops.create(shop.id), now)
        token = await databases.control.write(begin_session, umm_salim.id, shop.id, "", now)
    return shop.id, umm_salim.id, token
