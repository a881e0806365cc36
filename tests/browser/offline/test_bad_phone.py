"""The phone itself has a bad day: no room, a store that is gone, a wrong clock, other hands."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from daftari.db.base import WriteTx
from daftari.db.databases import open_databases
from daftari.kernel.ids import new_id
from daftari.settings import Settings
from tests.browser import seed
from tests.browser.offline import faults, truth
from tests.browser.offline.device import Device
from tests.browser.offline.hand import FAILED, WAITING, plain
from tests.server import Server

BUSY = faults.says(503, "busy")
DATABASES = "() => indexedDB.databases().then((all) => all.map(({name}) => name))"
# What Chromium does when the disk is full: no switch of its makes it so for certain.
FULL = """() => { IDBObjectStore.prototype.add = () => {
  throw new DOMException('no room', 'QuotaExceededError')
} }"""
WHOSE = "WHERE person_id = ?"
TOUCHED = """
  const item = await book.db.get('items', args[0])
  item.sealed.data[0] ^= 1
  await book.db.put('items', item)
}"""


async def two_who_work(shop: seed.Shop) -> None:
    for name in ("كريم", "نواف"):
        await shop.hire(name)
    for name in ("أبو علي", "سالم", "نورة", "زكريا", "هدى", "فاطمة", "سعاد", "حمدان", "ليلى"):
        await shop.add(name)


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, two_who_work))


@pytest.fixture
def shop(written: list[seed.Shop]) -> seed.Shop:
    return written[0]


def signed_in(device, behind, shop: seed.Shop, token: str) -> Device:
    phone: Device = device(behind[0].origin)
    phone.start().foreseen |= {401, 404, 503}
    phone.sign_in_as(token)
    phone.carry(f"{shop.home}/")
    return phone


@pytest.fixture
def phone(device, network, behind, shop) -> Device:
    return signed_in(device, behind, shop, shop.token)


@pytest.fixture
def karim(device, network, behind, shop) -> Device:
    return signed_in(device, behind, shop, shop.staff["كريم"])


def in_control(server: Server, sql: str, *values: object) -> Any:
    """What the owner does from elsewhere; the program, which knows by heart who asked a moment ago,
    starts anew.
    """

    async def change() -> Any:
        settings = Settings(
            data=server.data, master_key_file=server.data / "master.key", reserve_bytes=0
        )
        async with open_databases(settings) as databases:
            return await databases.control.write(_run, sql, values)

    server.stop()
    changed = seed.run(change())
    server.start()
    return changed


def _run(tx: WriteTx, sql: str, values: tuple[object, ...]) -> int:
    return int(tx.exec_driver_sql(sql, values).rowcount)


def test_no_room_on_the_phone_and_the_entry_goes_the_plain_way(phone, network, shop, data):
    phone.open(shop.account("سالم"))
    phone.run(FULL)
    with network.on("/sync", BUSY) as met:
        phone.enter("أعطيت", "4")
        phone.until_says("#standing", "4.00")
    assert phone.items() == met == []
    assert truth.amounts(data, shop, "سالم") == [400]


def test_the_system_takes_the_store_and_the_book_comes_again(phone, network, shop, data):
    wire = phone.page.context.new_cdp_session(phone.page)
    phone.open(shop.account("نورة"))
    taken = {"origin": phone.origin, "storageTypes": "indexeddb"}
    wire.send("Storage.clearDataForOrigin", taken)
    phone.carry(shop.account("نورة"))
    phone.enter("أعطيت", "6")
    phone.until(lambda: truth.amounts(data, shop, "نورة") == [600])
    phone.until(lambda: phone.items() == [])
    said = phone.phone.complaints
    assert all("Force close" in words or "AbortError" in words for words in said), said
    said.clear()


@pytest.mark.parametrize(("year", "name"), [(2019, "زكريا"), (2038, "هدى")])
def test_a_clock_of_another_year_is_told_and_refuses_nothing(
    phone, network, shop, data, year, name
):
    phone.page.clock.set_system_time(datetime(year, 3, 1, 12, tzinfo=UTC))
    phone.open(shop.account(name))
    phone.enter("أعطيت", "8")
    phone.until(lambda: truth.amounts(data, shop, name) == [800])
    phone.until(lambda: phone.items() == [])
    phone.open(f"{shop.home}/more/phone")
    phone.until_says("#this-phone", "ساعة الهاتف مختلفة")


def test_an_item_with_other_content_is_shown_and_the_first_stands(
    phone, network, behind, shop, data
):
    with network.on("/sync", BUSY):
        phone.open(shop.account("فاطمة"))
        phone.enter("أعطيت", "9")
        phone.until(lambda: phone.items()[0]["state"] == "sending")
        (item,) = phone.items()
        send_as(shop, behind[0], item | {"amount_minor": 100})
    phone.open(shop.account("فاطمة"))
    phone.until(lambda: phone.count(FAILED) == 1)
    assert phone.text(f"{FAILED} .entry-why")
    phone.until_says("#quiet-line", "مراجعتك")
    for _ in range(2):
        phone.click(f"{FAILED} [data-action=dismiss]")
    phone.until(lambda: phone.items() == [] and phone.count(FAILED) == 0)
    assert truth.amounts(data, shop, "فاطمة") == [100]


def send_as(shop: seed.Shop, server: Server, item: dict[str, Any]) -> None:
    """The item as another program would send it that has the same session, over a good line."""
    batch = {"device": item["device"], "now": item["made_at"], "items": [plain(item)]}
    said = {
        "Origin": server.origin,
        "Cookie": f"daftari={shop.token}",
        "Content-Type": "application/json",
    }
    address = f"http://localhost:{server.port}{shop.home}/sync"
    answer = httpx.post(address, content=json.dumps(batch), headers=said)
    assert answer.json()["answers"][0]["answer"] == "written", answer.text


def test_a_change_of_details_by_an_older_version_stays_readable_until_it_is_discarded(
    phone, network, shop
):
    phone.open(shop.account("فاطمة"))
    said = {"id": new_id(), "customer_id": shop.account("فاطمة")[-36:], "name": "فاطمة الخياطة"}
    phone.ask(f"await book.add('change_customer', {json.dumps(said)}); await book.drain() }}")
    phone.open(f"{shop.home}/more/phone")
    for words in ("من إصدار أقدم", "فاطمة الخياطة", "عند وجود الشبكة فقط"):
        phone.until_says("#this-phone [data-failed]", words)
    for _ in range(2):
        phone.click("#this-phone [data-action=dismiss]")
    phone.until(lambda: phone.items() == [])


def test_a_correction_that_waits_stands_in_the_place_of_its_line(phone, network, shop, data):
    """The page is the server's, which has not heard of it yet."""
    phone.open(shop.account("ليلى"))
    for keys in ("33", "5"):
        phone.enter("أعطيت", keys)
    phone.until(lambda: truth.amounts(data, shop, "ليلى") == [3300, 500])
    phone.until(lambda: phone.count("article.entry:not([data-state])") == 2)
    entry = phone.run("() => [...document.querySelectorAll('article.entry')].at(-1).id.slice(6)")
    said = {"id": new_id(), "reversal_id": new_id(), "entry_id": entry, "amount_minor": 3000}
    with network.on("/sync", BUSY):
        phone.ask(f"await book.add('correct_entry', {json.dumps(said)}) }}")
        phone.until_says(WAITING, "30.00")
        phone.until_says("#standing", "35.00")
        phone.open(shop.account("ليلى"))
        phone.until_says(f"article.entry[hidden] + {WAITING}", "30.00")
        phone.until_says("#standing", "35.00")
        assert phone.count("article.entry:not([hidden])") == 2
    phone.run("() => { dispatchEvent(new Event('online')) }")
    phone.until(lambda: phone.count("article.entry:not([data-state])") == 2)
    phone.until_says("#standing", "35.00")


def test_what_other_hands_have_touched_on_the_phone_is_never_sent(phone, network, shop, data):
    with network.on("/sync", BUSY):
        phone.open(shop.account("سعاد"))
        for keys in ("1", "2"):
            phone.enter("أعطيت", keys)
        phone.until(lambda: len(phone.items()) == 2)
        phone.ask(TOUCHED, phone.items()[0]["sequence"])
        phone.open(shop.account("سعاد"))
    phone.open(shop.account("سعاد"))
    phone.until(lambda: truth.amounts(data, shop, "سعاد") == [200])
    phone.until(lambda: len(phone.items()) == 1)
    (left,) = phone.items()
    assert (left["state"], left["verdict"]["reason"]) == ("refused", "item_damaged")
    phone.open(f"{shop.home}/more/phone")
    phone.until(lambda: phone.count("#this-phone [data-failed] li") == 1)


def test_a_role_is_taken_back_and_a_place_in_the_shop(karim, network, behind, shop, data):
    """Refused by name, readable, and kept as a file; without a place the book is gone as well."""
    with network.on("/sync", BUSY):
        karim.open(shop.account("حمدان"))
        karim.enter("أعطيت", "3")
        karim.until(lambda: karim.items()[0]["state"] == "sending")
        (item,) = karim.items()
        viewer = f"UPDATE memberships SET role = 'viewer' {WHOSE}"
        assert in_control(behind[0], viewer, item["user"]) == 1
    karim.open(f"{shop.home}/more/phone")
    karim.until(lambda: karim.items()[0]["state"] == "refused")
    karim.until_says("#this-phone [data-failed]", "3.00")
    assert karim.items()[0]["verdict"]["reason"] == "not_allowed"

    assert in_control(
        behind[0], f"UPDATE memberships SET ended_at = created_at {WHOSE}", item["user"]
    )
    karim.run("() => { dispatchEvent(new Event('online')) }")
    karim.until(lambda: karim.ask("return (await book.pull()).trouble }") == "not_yours")
    karim.page.wait_for_url("**/account/former/*")
    assert karim.ask("return book.head }") is None
    assert "3.00" in karim.ask("return book.export((minor) => (minor / 100).toFixed(2), String) }")
    assert truth.amounts(data, shop, "حمدان") == []


def test_a_phone_that_was_ended_from_elsewhere_is_wiped_at_its_next_contact(
    device, network, behind, shop
):
    phone = signed_in(device, behind, shop, shop.staff["نواف"])
    person = phone.ask("return book.who.person }")
    assert f"daftari/{person}" in phone.run(DATABASES)
    ended = "UPDATE sessions SET ended_at = created_at WHERE person_id = ?"
    assert in_control(behind[0], ended, person) == 1
    phone.open(f"{shop.home}/")
    phone.until(lambda: phone.run(DATABASES) == [])
    assert phone.run("() => location.pathname") == "/signin"
