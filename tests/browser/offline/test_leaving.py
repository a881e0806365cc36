"""Leaving the phone: nothing goes unasked, nothing stays, and nobody loses what another wrote."""

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.browser import seed
from tests.browser.offline import faults, truth
from tests.browser.offline.device import Device
from tests.browser.offline.hand import WAITING

SHOPS = 2
NAMES = [
    f"{first} {last}" for first in ("زهير", "لبانة") for last in ["القصّاب", "الورّاق", "النسّاج"]
]
NAMES += ["حُذيفة الطحّان", "رُقيّة الخيّاط", "Qusay Nabhan", "Lubna Safadi"]
PHONES = [f"+96659{n}31784" for n in range(10, 20)]
BUSY = faults.says(503, "busy")

STORED = """async () => ({
  databases: (await indexedDB.databases()).map(({name}) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  session: sessionStorage.length,
})"""
NOTHING = {"databases": [], "caches": [], "workers": 0, "session": 0}


async def many_names(shop: seed.Shop) -> None:
    await shop.hire("كريم")
    for name, phone in zip(NAMES, PHONES, strict=True):
        await shop.add(name, phone=phone)
    await shop.add("سالم")


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, *[many_names] * SHOPS))


@pytest.fixture
def phone(device, network, behind) -> Device:
    made: Device = device(behind[0].origin)
    made.start().foreseen |= {401, 503}
    return made


def planted_in(phone: Device) -> list[str]:
    """The planted words that stand somewhere in the browser's profile, in any usual writing."""
    assert len(NAMES + PHONES) == 20
    files = [path.read_bytes() for path in phone.files()]
    assert sum(map(len, files)) > 1_000_000
    return [word for word in NAMES + PHONES if any(_holds(content, word) for content in files)]


def _holds(content: bytes, word: str) -> bool:
    escaped = word.encode("ascii", "backslashreplace")
    spelled = [word.encode(), word.encode("utf-16-le"), escaped, quote(word).encode()]
    return any(spelling in content for spelling in [*spelled, word.removeprefix("+").encode()])


def test_signing_out_asks_then_leaves_nothing_and_nothing_comes_back(phone, network, shop, data):
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    look_around(phone, shop)
    other = phone.phone.tab()
    other.goto(shop.account("سالم"))
    with network.on("/sync", BUSY):
        phone.open(shop.account(NAMES[0]))
        phone.enter("أعطيت", "77")
        phone.until(lambda: phone.count(WAITING) == 1)
        assert set(phone.run(STORED)["databases"]) > {f"daftari/{shop.member.person.id}"}
        ask_to_leave(phone, shop)
    phone.until(lambda: all(tab.evaluate(STORED) == NOTHING for tab in (phone.page, other)))
    other.goto(shop.account("سالم"))
    other.wait_for_url("**/signin?**")
    other.wait_for_timeout(3000)
    assert other.evaluate(STORED)["databases"] == []
    assert truth.amounts(data, shop, NAMES[0]) == []
    phone.stop()
    assert planted_in(phone) == []


def look_around(phone: Device, shop: seed.Shop) -> None:
    """As on any day: the list, accounts, the search; and everybody is on the phone, to be left."""
    phone.fill(".search [name=q]", NAMES[8])
    phone.until(lambda: NAMES[0] not in phone.text("#list"))
    for name in NAMES[:3]:
        phone.open(shop.account(name))
    known = "return [...(await book.customers()).values()].map(({name, phone}) => [name, phone]) }"
    carried = phone.ask(known)
    assert {word for pair in carried for word in pair} >= {*NAMES, *PHONES}


def ask_to_leave(phone: Device, shop: seed.Shop) -> None:
    """Sending fails, the file holds what was written, and giving up is asked for twice."""
    phone.open(f"{shop.home}/more")
    phone.click("form[action='/signout'] button")
    phone.until_says("#leave-sheet", "قيد")
    phone.click("#leave-sheet [data-send]")
    phone.until(lambda: phone.count("#leave-sheet [data-still]") == 1)
    with phone.page.expect_download() as download:
        phone.click("#leave-sheet [data-export]")
    saved = Path(download.value.path()).read_text("utf-8-sig")
    assert NAMES[0] in saved
    assert "77.00" in saved
    phone.click("#leave-sheet [data-give-up]")
    assert len(phone.items()) == 1
    phone.click("#leave-sheet [data-give-up]")
    phone.until(lambda: phone.run("() => location.pathname") == "/")


def test_two_people_on_one_phone_send_and_see_their_own_only(phone, network, shop, data):
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    with network.on("/sync", BUSY):
        write(phone, shop, "3")
        phone.sign_in_as(shop.staff["كريم"])
        phone.carry(f"{shop.home}/")
        assert phone.items() == []
        phone.open(shop.account("سالم"))
        assert phone.count(WAITING) == 0
        write(phone, shop, "5")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.items() == [])
    assert truth.amounts(data, shop, "سالم") == [500]

    phone.open(f"{shop.home}/more")
    phone.click("form[action='/signout'] button")
    phone.until(lambda: phone.run("() => location.pathname") == "/")
    left = phone.run(STORED)["databases"]
    assert set(left) == {
        f"daftari/{shop.member.person.id}",
        f"daftari/{shop.member.person.id}/{shop.member.shop.id}",
    }

    phone.sign_in_as(shop.token)
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.items() == [])
    lines = [(line.minor, line.by) for line in truth.lines(data, shop)]
    assert [minor for minor, _ in lines] == [500, 300]
    assert lines[1][1] == shop.member.person.id != lines[0][1]


def write(phone: Device, shop: seed.Shop, keys: str) -> None:
    phone.open(shop.account("سالم"))
    phone.enter("أعطيت", keys)
    phone.until(lambda: phone.count(WAITING) == 1)
