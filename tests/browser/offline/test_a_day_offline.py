"""A day without a network: 5,000 customers, 300 entries, two restarts; and hard hands."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from daftari.customers.actions import add_customer
from daftari.customers.rules import Details
from daftari.customers.rules.commands import AddCustomer
from daftari.db.base import WriteTx
from daftari.kernel.ids import new_id
from tests.browser import seed
from tests.browser.offline import faults, truth
from tests.browser.offline.device import Device
from tests.browser.offline.hand import WAITING, plain
from tests.server import Server

CUSTOMERS = 5000
ENTRIES = 300
BATCH = 50

# `args`: whose account, how many, and the amount of the first; each says its own amount.
WRITE = """
  const [customer, count, first] = args
  for (let n = 0; n < count; n++) {
    const line = {kind: 'debt', amount_minor: first + n, currency: 'SAR', note: `قيد ${first + n}`}
    await book.add('record_entry', {id: crypto.randomUUID(), customer_id: customer, ...line})
  }
}"""
# Writes without end, and says each amount when it is stored.
WRITE_ON = """
  for (let n = 1; ; n++) {
    const line = {kind: 'debt', amount_minor: n, currency: 'SAR'}
    await book.add('record_entry', {id: crypto.randomUUID(), customer_id: args[0], ...line})
    console.log('stored', n)
  }
}"""
DRAIN = "for (let n = 0; n < 30; n++) await book.drain() }"


async def everybody(shop: seed.Shop) -> None:
    for name in ("سالم", "أبو علي", "نورة"):
        await shop.add(name)
    await shop.databases.shops.write(shop.member.shop.id, _add_many, shop)


def _add_many(tx: WriteTx, shop: seed.Shop) -> None:
    for n in range(CUSTOMERS - 3):
        command = AddCustomer(new_id(), Details(f"زبون {n}"), same_name_ok=True)
        add_customer(tx, shop.member, shop.at, command)


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, everybody))


@pytest.fixture
def shop(written: list[seed.Shop]) -> seed.Shop:
    return written[0]


@pytest.fixture
def server(network, behind) -> Server:
    """The one behind the network: all stories here are of one book."""
    return behind[0]


def test_a_day_of_three_hundred_entries_and_two_restarts(device, server, shop, data):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    server.kill()
    for third in range(3):
        if third:
            phone.kill() if third == 1 else phone.stop()
            phone.start()
            phone.sign_in_as(shop.token)  # the browser keeps a new cookie only after a while
        phone.open(shop.account("سالم"))
        phone.enter("أعطيت", f"{third + 1}")
        phone.ask(WRITE, shop.people["سالم"], ENTRIES // 3 - 1, 1000 * (third + 1))
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count(WAITING) == ENTRIES)
    assert phone.ask("return (await book.customers()).size }") == CUSTOMERS
    items = phone.items()
    assert len(items) == ENTRIES
    assert {item["state"] for item in items} <= {"waiting", "sending"}

    server.start()
    drain_into_a_dying_server(phone, server, shop, data)
    expected = sorted(item["amount_minor"] for item in items)
    assert sorted(truth.amounts(data, shop, "سالم")) == expected
    assert len(set(expected)) == ENTRIES
    assert {line.id for line in truth.lines(data, shop)} == {item["id"] for item in items}
    replay(phone.origin, shop, items)
    assert sorted(truth.amounts(data, shop, "سالم")) == expected


def drain_into_a_dying_server(phone: Device, server: Server, shop: seed.Shop, data: Path) -> None:
    """It is killed when it has written the first batch, and the phone has perhaps not heard."""
    phone.open(f"{shop.home}/")
    phone.until(lambda: truth.lines(data, shop))
    server.kill()
    server.start()
    phone.open(f"{shop.home}/")
    phone.until(lambda: phone.items() == [], patience=60)


def replay(origin: str, shop: seed.Shop, items: list[dict[str, Any]]) -> None:
    """All of it once more, as a phone would that was put back to an old copy of itself."""
    said = {"Origin": origin, "Cookie": f"daftari={shop.token}"}
    for start in range(0, len(items), BATCH):
        part = [plain(item) for item in items[start:][:BATCH]]
        batch = {"device": part[0]["device"], "now": part[0]["made_at"], "items": part}
        answer = httpx.post(f"{origin}{shop.home}/sync", json=batch, headers=said)
        assert {told["answer"] for told in answer.json()["answers"]} == {"known"}


def test_two_tabs_write_and_send_as_fast_as_they_can_over_a_bad_line(
    device, network, server, shop, data
):
    phone: Device = device(server.origin)
    phone.start().foreseen |= {503}
    phone.sign_in_as(shop.token)
    phone.carry(shop.account("أبو علي"))
    tabs = [phone.page, phone.phone.tab()]
    tabs[1].goto(shop.account("أبو علي"))
    worse = faults.sometimes(faults.lost, 0.3)
    with network.on("/sync", faults.sometimes(faults.says(503, "busy"), 0.25)) as met:
        for turn in range(4):
            for number, tab in enumerate(tabs):
                first = 100 * (1 + 2 * turn + number)
                begin(phone, tab, WRITE, shop.people["أبو علي"], 12, first)
                begin(phone, tab, "return book.drain() }")
        phone.until(lambda: len(met) > 4)
    with network.on("/sync", worse):
        for tab in tabs:
            begin(phone, tab, DRAIN)
        phone.until(lambda: {item["state"] for item in phone.items()} <= {"written"}, patience=40)
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: phone.items() == [], patience=30)
    phone.until(lambda: len(truth.amounts(data, shop, "أبو علي")) == 96)
    expected = [100 * (1 + turn) + n for turn in range(8) for n in range(12)]
    assert sorted(truth.amounts(data, shop, "أبو علي")) == expected


def begin(phone: Device, tab: Any, work: str, *words: str | int) -> None:
    """In one tab, without waiting for its end."""
    tab.evaluate(f"(words) => {{ ({phone.asked(work)})(...words) }}", list(words))


def test_killed_in_the_middle_of_writing_what_was_said_to_be_stored_is_there(device, server, shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    server.kill()
    told = 0
    for _ in range(3):
        if phone.phone is None:
            phone.start()
        phone.open(shop.account("نورة"))
        stored: list[str] = []
        phone.page.on("console", lambda message, to=stored: _note(message.text, to))
        begin(phone, phone.page, WRITE_ON, shop.people["نورة"])
        while len(stored) < 10:
            phone.page.wait_for_timeout(10)
        phone.kill()
        told += len(stored)
    phone.start()
    phone.open(shop.account("نورة"))
    items = phone.items()
    assert len(items) >= told
    assert {item["state"] for item in items} <= {"waiting", "sending"}
    assert all(item["amount_minor"] for item in items)


def _note(words: str, stored: list[str]) -> None:
    if words.startswith("stored"):
        stored.append(words)
