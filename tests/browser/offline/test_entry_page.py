"""The page of one entry where no server answers: what the phone has of it, and its reversal."""

from tests.browser.offline.device import Device
from tests.browser.offline.hand import WAITING
from tests.browser.seed import Shop

FACTS = """() => [...document.querySelectorAll('#entry-details [data-fact]')]
  .map((fact) => `${fact.dataset.fact}: ${fact.textContent.replace(/\\s+/g, ' ').trim()}`)"""
LINES = "() => [...document.querySelectorAll('#lines article.entry')].map((it) => it.innerText)"
FIRST_ROW = "() => document.querySelector('article.entry a').href"
SHOPS = 2


def test_the_page_says_what_it_said_and_leads_to_the_reversal(server, device, shop: Shop):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    address = phone.run(FIRST_ROW).removeprefix(server.origin)
    phone.open(address)
    online = phone.run(FACTS)
    assert len(online) > 2
    server.kill()
    phone.open(shop.account("سالم"))
    phone.click("article.entry a")
    phone.until(lambda: phone.count("#entry-details"))
    assert phone.run(FACTS) == online
    assert "تحتاج إلى الشبكة" in phone.text("#entry-details")
    phone.click(".entry-details-actions a")
    phone.until(lambda: phone.count("#reversal"))
    phone.fill("#reversal [name=reason]", "كُتب مرتين")
    phone.click("#reversal [type=submit]")
    phone.until(lambda: phone.count(WAITING) == 1)
    phone.click("article.entry[data-state=reversed] a")
    phone.until_says("#entry-details", "كُتب مرتين")
    phone.open(address)
    phone.until_says("#entry-details", "كُتب مرتين")
    assert phone.count(".entry-details-actions a") == 0


def test_the_phone_shows_the_corrected_line_once_where_no_server_answers(
    server, device, shop: Shop
):
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.open(shop.account("سالم"))
    phone.page.wait_for_load_state("networkidle")
    entry = phone.run("() => document.querySelector('article.entry').id.replace('entry-', '')")
    phone.open(f"{shop.home}/entries/{entry}/correction")
    phone.page.fill("#correction [name=amount]", "69.25")
    phone.click("#correction [type=submit]")
    phone.until_says("#standing", "69.25")
    phone.carry(f"{shop.home}/")
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    online = phone.run(LINES)
    server.kill()
    phone.open(shop.account("سالم"))
    phone.until(lambda: phone.count("article.entry"))
    assert phone.run(LINES) == online
    assert len(online) == 1
