"""Back in a Chromium with its back/forward cache: the page is there at once, and up to date.

It does not come back to whoever signed out.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect

from tests.browser import seed
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.phone import PATIENCE_MS, Phone
from tests.server import Server

STEPS = (1, 2, 3)
# Playwright turns the cache off; its own `go_back` does not know a page that comes out of it.
WITHOUT = ["--disable-back-forward-cache"]
NOTE = "addEventListener('pageshow', ({ persisted }) => { window.isFromCache = persisted })"
NAVIGATION = "JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, _with_people_who_leave))


async def _with_people_who_leave(shop: seed.Shop) -> None:
    await seed.a_few(shop)
    for steps in STEPS:
        await shop.hire(str(steps))


@pytest.fixture(scope="module")
def keeping(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=program(), args=ARGUMENTS, ignore_default_args=WITHOUT
    )
    yield browser
    browser.close()


class Tab:
    """A page, looked at through the DevTools protocol, whichever document it shows."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.cdp = phone.context.new_cdp_session(phone.page)

    def run(self, expression: str) -> Any:
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        return self.cdp.send("Runtime.evaluate", asked)["result"].get("value")

    def until(self, expression: str) -> None:
        for _ in range(PATIENCE_MS // 50):
            try:
                if self.run(expression):
                    return
            except Error:  # between two documents
                pass
            self.phone.page.wait_for_timeout(50)
        raise AssertionError((expression, self.run("location.href"), self.run(NAVIGATION)))


@pytest.fixture
def tab(keeping: Browser, server: Server, shop: seed.Shop) -> Iterator[Tab]:
    phone = Phone.new(keeping, server.origin)
    phone.page.add_init_script(NOTE)
    phone.sign_in_as(shop.token)
    yield Tab(phone)
    phone.context.close()


def leave_and_come_back(tab: Tab, address: str, other: str) -> None:
    tab.phone.open(address)
    tab.phone.page.wait_for_load_state("networkidle")
    tab.run(f"location.assign({json.dumps(other)})")
    tab.until(f"location.pathname === {json.dumps(other)} && document.readyState === 'complete'")
    tab.run("history.back()")
    tab.until(f"location.pathname === {json.dumps(address)} && document.readyState === 'complete'")


def pages_of_the_book(shop: seed.Shop) -> dict[str, str]:
    account = shop.account("سالم")
    return {
        "book": f"{shop.home}/",
        "due": f"{shop.home}/due",
        "account": account,
        "dates": f"{account}/due",
        "choose": f"{shop.home}/entries/new",
        "more": f"{shop.home}/more",
    }


@pytest.mark.parametrize("name", ["book", "due", "account", "dates", "choose", "more"])
def test_back_shows_the_page_as_it_was(tab: Tab, shop, name):
    leave_and_come_back(tab, pages_of_the_book(shop)[name], f"{shop.home}/more/shop")
    tab.until("window.isFromCache === true")


def test_what_was_written_meanwhile_stands_on_the_page(tab: Tab, shop):
    phone, home, account = tab.phone, f"{shop.home}/", shop.account("سالم")
    page = phone.open(home)
    expect(page.locator("#totals [data-total=receivable]")).to_contain_text("476.25")
    page.wait_for_load_state("networkidle")
    tab.run(f"location.assign({json.dumps(account)})")
    tab.until(f"location.pathname === {json.dumps(account)} && document.readyState === 'complete'")
    phone.open_sheet()
    phone.tap_amount("100")
    page.click("[data-confirm-button]")
    tab.until("document.querySelector('#standing').textContent.includes('196.25')")
    tab.until("!document.querySelector('[data-state=waiting], [data-state=sending]')")
    tab.run("history.back()")
    tab.until("document.querySelector('#totals')?.textContent.includes('576.25')")


def sign_out(tab: Tab, shop: seed.Shop) -> None:
    tab.run(f"location.assign({json.dumps(f'{shop.home}/more')})")
    tab.until("Boolean(document.querySelector('[data-signout]'))")
    tab.phone.page.wait_for_load_state("networkidle")
    tab.run("document.querySelector('[data-signout] button').click()")
    tab.until("location.pathname === '/' && document.readyState === 'complete'")


@pytest.mark.parametrize("steps", STEPS)
def test_after_signing_out_nothing_comes_back(keeping, server, shop, steps):
    phone = Phone.new(keeping, server.origin)
    phone.page.add_init_script(NOTE)
    phone.sign_in_as(shop.staff[str(steps)])
    tab = Tab(phone)
    for path in (f"{shop.home}/", shop.account("سالم"), f"{shop.home}/due"):
        phone.open(path)
        phone.page.wait_for_load_state("networkidle")
    sign_out(tab, shop)
    for _ in range(steps):
        tab.run("history.back()")
        tab.until("location.pathname === '/' || location.pathname === '/signin'")
        tab.until("document.readyState === 'complete'")
        assert not tab.run("document.body.innerText.includes('سالم')")
        assert not tab.run("document.body.innerText.includes('96.25')")
    phone.context.close()
