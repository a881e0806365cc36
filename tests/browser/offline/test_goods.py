"""Goods of a debt where no server answers: the sheet, what is sold often, the entry's page, its
correction, the sync.
"""

from pathlib import Path

import pytest

from daftari.ledger.rules.goods import GoodsRow
from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.offline.device import Device
from tests.browser.offline.hand import FAILED, WAITING
from tests.browser.seed import Shop

ABU_ALI = "أبو علي"
TOLD = """() => [...document.querySelectorAll('.goods-list li')]
  .map((row) => row.textContent.replace(/\\s+/g, ' ').trim())"""
TYPED = """() => [...document.querySelectorAll('[data-goods-row] input')]
  .filter((field) => field.checkVisibility()).map(({ value }) => value)"""
AMOUNT = "() => document.querySelector('.sheet [name=amount]').value"
FREQUENT = "[data-goods-frequent] .chip"
SUGAR = GoodsRow("سكر", 1500, 625)
SHOPS = 3


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, *[groceries] * SHOPS))


async def groceries(shop: Shop) -> None:
    await shop.add(ABU_ALI)
    await shop.entry(ABU_ALI, Kind.DEBT, 938, goods=(SUGAR,), days_ago=3)


@pytest.fixture
def phone(server, device, shop: Shop) -> Device:
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    return phone


def has_arrived(phone: Device, shop: Shop) -> None:
    phone.open(shop.account(ABU_ALI))
    phone.until(lambda: not phone.items() or phone.items()[0]["state"] == "written")


def test_goods_are_written_without_a_server_and_come_once_into_the_book(server, phone, shop: Shop):
    server.kill()
    phone.open(f"{shop.account(ABU_ALI)}/entries/new")
    phone.until(lambda: phone.count("[data-confirm-button]"))
    phone.click("[data-part=goods]")
    phone.until_says(FREQUENT, "سكر 6.25")
    phone.click(FREQUENT)
    phone.click(FREQUENT)
    phone.until(lambda: phone.run(AMOUNT) == "12.50")
    phone.click("[data-goods-more]")
    phone.page.fill("#goods_name_2", "شاي")
    phone.page.fill("#goods_price_2", "12,5")
    phone.click("[data-confirm-button]")
    phone.until(lambda: phone.count("#goods_price_2-error"))
    phone.page.fill("#goods_price_2", "12.5")
    phone.click("[data-confirm-button]")
    phone.until(lambda: phone.count(WAITING) == 1)
    phone.until_says(WAITING, "25.00")
    (item,) = phone.items()
    assert (item["amount_minor"], item["goods"]) == (
        2500,
        [["سكر", 2000, 625], ["شاي", 1000, 1250]],
    )
    phone.open(f"{shop.home}/entries/{item['id']}")
    phone.until(lambda: phone.count("#entry-details"))
    told = phone.run(TOLD)
    assert told == ["سكر 2 × 6.25 12.50", "شاي 1 × 12.50 12.50"]
    server.start()
    has_arrived(phone, shop)
    phone.open(f"{shop.home}/entries/{item['id']}")
    phone.until(lambda: phone.run(TOLD) == told)
    phone.open(shop.account(ABU_ALI))
    phone.until(lambda: phone.count("article.entry") == 2)


def test_the_page_and_the_correction_are_the_same_where_no_server_answers(
    server, phone, shop: Shop
):
    phone.open(shop.account(ABU_ALI))
    entry = phone.run("() => document.querySelector('article.entry a').href").rsplit("/", 1)[1]
    phone.open(f"{shop.home}/entries/{entry}")
    told = phone.run(TOLD)
    assert told == ["سكر 1.5 × 6.25 9.38"]
    phone.open(f"{shop.home}/entries/{entry}/correction")
    phone.until(lambda: phone.count("[data-goods-more]"))
    typed = phone.run(TYPED)
    assert typed[:3] == ["سكر", "1.5", "6.25"]
    server.kill()
    phone.open(f"{shop.home}/entries/{entry}")
    phone.until(lambda: phone.count("#entry-details"))
    assert phone.run(TOLD) == told
    phone.click(".entry-details-actions a[href$='/correction']")
    phone.until(lambda: phone.count("[data-goods-more]"))
    assert phone.run(TYPED)[:3] == typed[:3]
    phone.page.fill("#goods_quantity_1", "3")
    phone.until(lambda: phone.run(AMOUNT) == "18.75")
    phone.click("#correction [type=submit]")
    phone.until_says(WAITING, "18.75")
    server.start()
    has_arrived(phone, shop)
    phone.open(shop.account(ABU_ALI))
    phone.until_says("article.entry", "18.75")
    phone.click("article.entry a")
    phone.until(lambda: phone.run(TOLD) == ["سكر 3 × 6.25 18.75"])


def test_a_refused_debt_is_opened_again_with_its_goods(phone, shop: Shop):
    phone.open(shop.account(ABU_ALI))
    phone.ask(
        "const goods = [['سكر', 2000, 625], ['', 1000, 100]];"
        " await book.add('record_entry', { id: crypto.randomUUID(), kind: 'debt',"
        " customer_id: args[0], amount_minor: 1350, currency: 'SAR', goods });"
        " await book.drain(); return book.pull() }",
        shop.people[ABU_ALI],
    )
    phone.open(shop.account(ABU_ALI))
    phone.until(lambda: phone.count(FAILED) == 1)
    phone.click(f"{FAILED} [data-action=again]")
    phone.until(lambda: phone.run(TYPED) == ["سكر", "2", "6.25", "", "1", "1.00"])
    phone.until(lambda: phone.count("#goods_name_2-error"))
    phone.page.fill("#goods_name_2", "خبز")
    phone.click("[data-confirm-button]")
    phone.until_says("article.entry", "13.50")
    has_arrived(phone, shop)
