"""A shared till in real Chromium: made, its pin chosen, the next turn, also while it is locked."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.phone import Phone
from tests.browser.seed import Shop

PIN = "4827"


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, seed.nothing))


def take_turn(page: Page) -> None:
    page.click(".seller")
    page.fill("[name=pin]", PIN)
    page.click("form.card button")
    expect(page.locator(".turn")).to_be_visible()


def test_a_turn_is_taken_by_the_pin_also_where_the_device_is_locked(
    phone: Phone, shop: Shop
) -> None:
    page = phone.page
    page.goto(f"{shop.home}/more/tills")
    page.fill("[name=name]", "هاتف الطاولة")
    page.click("form[action$='/more/tills'] button")
    page.fill("[name=pin]", PIN)
    page.click("form.card button")
    page.click(".turn button")
    expect(page).to_have_url(f"{phone.origin}/till")
    take_turn(page)
    page.goto("/account")
    page.request.post("/account/lock", form={"minutes": "5"}, headers={"Origin": phone.origin})
    phone.context.add_cookies([{"name": "locked", "value": "1", "url": phone.origin}])
    page.goto(f"{shop.home}/")
    expect(page.locator(".lock-screen")).to_be_visible()
    page.click(".lock-screen a[href='/till']")
    expect(page).to_have_url(f"{phone.origin}/till")
    take_turn(page)
