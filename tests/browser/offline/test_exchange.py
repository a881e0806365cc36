"""A debt of dollars is paid in riyals where no server answers: the sheet, the row, the sync."""

from pathlib import Path

import pytest

from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.offline.device import Device
from tests.browser.offline.hand import FAILED, WAITING
from tests.browser.seed import Shop

FACT = """() => document.querySelector('#entry-details [data-fact=exchange]').textContent
  .replace(/\\s+/g, ' ').trim()"""
SAID = """() => ['#sheet-title small', '[data-exchange]'].map((part) =>
  document.querySelector(part)?.textContent.replace(/\\s+/g, ' ').trim())"""
FIRST_ROW = "() => document.querySelector('article.entry').innerText.replace(/\\s+/g, ' ')"
TYPED = """() => ['amount', 'paid_amount', 'paid_currency', 'rate']
  .map((name) => document.querySelector(`#correction [name=${name}]`).value)"""
SHOPS = 3


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, *[dollars] * SHOPS))


async def dollars(shop: Shop) -> None:
    await shop.add("أبو علي")
    await shop.entry("أبو علي", Kind.DEBT, 10000, currency="USD", days_ago=3)


def carried(device, server, shop: Shop) -> Device:
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.open(f"{shop.home}/more/rates")
    phone.page.fill("#rate_USD", "3.75")
    phone.click("form.card button[type=submit]")
    phone.page.wait_for_load_state("networkidle")
    phone.carry(f"{shop.home}/")
    return phone


def open_sheet(phone: Device, shop: Shop) -> None:
    phone.open(f"{shop.account('أبو علي')}/entries/new?kind=payment")
    phone.until(lambda: phone.count("[data-confirm-button]"))
    phone.click("[data-exchange-hint]")


def test_a_blank_amount_goes_through_the_phone_and_is_in_the_book(server, device, shop: Shop):
    phone = carried(device, server, shop)
    open_sheet(phone, shop)
    online = phone.run(SAID)
    assert online[0] == "عليه 100.00 $"
    server.kill()
    open_sheet(phone, shop)
    assert phone.run(SAID) == online
    phone.page.fill("[name=paid_amount]", "375")
    phone.click("[data-proposal] button")
    phone.until_says("[data-exchange-line]", "100.00 $ = 375.00 ر.س، ينقص دَينه 100.00 $")
    phone.click("[data-confirm-button]")
    phone.until(lambda: phone.count(WAITING) == 1)
    phone.until_says(WAITING, "دُفع 375.00 ر.س بسعر 3.75")
    (item,) = phone.items()
    told = {name: item[name] for name in ("amount_minor", "paid_minor", "rate_e8", "rate_of")}
    assert told == {
        "amount_minor": 10000,
        "paid_minor": 37500,
        "rate_e8": 375000000,
        "rate_of": "USD",
    }
    server.start()
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: not phone.items() or phone.items()[0]["state"] == "written")
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: "دُفع 375.00 ر.س بسعر 3.75" in phone.run(FIRST_ROW))
    assert phone.count("article.entry") == 2
    assert phone.count(WAITING) == 0


def test_the_page_and_the_correction_are_the_same_where_no_server_answers(
    server, device, shop: Shop
):
    phone = carried(device, server, shop)
    open_sheet(phone, shop)
    phone.page.fill("[name=paid_amount]", "150")
    phone.page.fill("[name=rate]", "3.75")
    phone.click("[data-confirm-button]")
    phone.until_says("article.entry", "دُفع 150.00 ر.س بسعر 3.75")
    phone.page.wait_for_load_state("networkidle")
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: not phone.count(WAITING))
    entry = phone.run("() => document.querySelector('article.entry a').href").rsplit("/", 1)[1]
    phone.open(f"{shop.home}/entries/{entry}")
    fact = phone.run(FACT)
    assert "1 $ = 3.75 ر.س" in fact
    phone.open(f"{shop.home}/entries/{entry}/correction")
    form = phone.run(SAID), phone.run(TYPED)
    assert form[1] == ["40.00", "150.00", "SAR", "3.75"]
    phone.carry(f"{shop.home}/")
    server.kill()
    phone.open(shop.account("أبو علي"))
    phone.until_says("article.entry", "دُفع 150.00 ر.س بسعر 3.75")
    phone.click("article.entry a")
    phone.until(lambda: phone.count("#entry-details"))
    assert phone.run(FACT) == fact
    phone.click(".entry-details-actions a[href$='/correction']")
    phone.until(lambda: phone.count("#correction"))
    assert (phone.run(SAID), phone.run(TYPED)) == form
    phone.page.fill("#correction [name=amount]", "20")
    phone.click("#correction [type=submit]")
    phone.until_says(WAITING, "دُفع 75.00 ر.س بسعر 3.75")
    server.start()
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: not phone.items() or phone.items()[0]["state"] == "written")
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: "دُفع 75.00 ر.س بسعر 3.75" in phone.run(FIRST_ROW))


def test_a_refused_payment_is_opened_again_as_it_was_typed(server, device, shop: Shop):
    phone = carried(device, server, shop)
    phone.open(shop.account("أبو علي"))
    phone.ask(
        "const paid = { amount_minor: 10000, currency: 'USD', paid_minor: 37500,"
        " paid_currency: 'SAR', rate_e8: 400000000, rate_of: 'USD' };"
        " await book.add('record_entry', { id: crypto.randomUUID(), kind: 'payment',"
        " customer_id: args[0], ...paid }); await book.drain(); return book.pull() }",
        shop.people["أبو علي"],
    )
    phone.open(shop.account("أبو علي"))
    phone.until(lambda: phone.count(FAILED) == 1)
    phone.until_says(FAILED, "لا يوافقان")
    phone.click(f"{FAILED} [data-action=again]")
    typed = "() => ['amount', 'paid_amount', 'paid_currency', 'rate', 'currency'].map((name) =>"
    typed += " document.querySelector(`form[data-entry] [name=${name}]`).value)"
    phone.until(lambda: phone.run(typed) == ["100.00", "375.00", "SAR", "4", "USD"])
    phone.until(lambda: phone.count("[name=rate]"))
    phone.page.fill("[name=rate]", "")
    phone.until_says("[data-exchange-line]", "ينقص دَينه 100.00 $")
    phone.click("[data-confirm-button]")
    phone.until(lambda: "دُفع 375.00 ر.س بسعر 3.75" in phone.run(FIRST_ROW))
    phone.until(lambda: not phone.items() or phone.items()[0]["state"] == "written")
