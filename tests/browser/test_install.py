"""The offer to put the app on the home screen: after the third entry, and not after a no."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.phone import Phone

# Chromium offers it only to a browser that can install: the offer is made by the test.
OFFER = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true })
  offer.prompt = async () => {
    document.title = 'asked'
    return { outcome: 'accepted' }
  }
  dispatchEvent(offer)
}"""
IPHONE = "Object.defineProperty(navigator, 'standalone', { value: false })"


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


def card(page: Page):
    return page.locator("[data-install]")


def write(phone: Phone, shop: seed.Shop, times: int) -> None:
    for _ in range(times):
        phone.open(shop.account("سالم"))
        phone.open_sheet()
        phone.tap_amount("1")
        phone.page.click("[data-confirm-button]")
        expect(phone.page.locator("#over")).to_be_hidden()


def test_the_card_comes_after_the_third_entry(phone: Phone, shop):
    write(phone, shop, 2)
    page = phone.open(f"{shop.home}/")
    page.evaluate(OFFER)
    expect(card(page)).to_be_hidden()
    write(phone, shop, 1)
    page = phone.open(f"{shop.home}/")
    expect(card(page)).to_be_hidden()
    page.evaluate(OFFER)
    expect(card(page)).to_be_visible()
    expect(card(page).locator("li").first).to_be_hidden()
    page.click("[data-install-ask]")
    expect(page).to_have_title("asked")
    expect(card(page)).to_be_hidden()
    phone.reload()
    page.evaluate(OFFER)
    expect(card(page)).to_be_hidden()


def test_an_iphone_is_shown_its_two_steps_until_somebody_says_no(phone: Phone, shop):
    phone.page.add_init_script(IPHONE)
    write(phone, shop, 3)
    page = phone.open(f"{shop.home}/")
    expect(card(page).locator("li")).to_have_count(2)
    expect(card(page).locator("li").nth(1)).to_be_visible()
    expect(card(page).locator("[data-install-ask]")).to_be_hidden()
    page.click("[data-install-no]")
    expect(card(page)).to_be_hidden()
    phone.reload()
    expect(page.locator("#list")).to_be_visible()
    expect(card(page)).to_be_hidden()
