"""A double tap on what opens a sheet neither keys, nor saves, nor closes: online, and offline."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.phone import Phone

DELAYS = (40, 80, 200, 300)
GUARDED_MS = 350
HEAR = "() => { taps = []; addEventListener('pointerdown', () => taps.push(performance.now())) }"
GAP = "() => taps[1] - taps[0]"
TOUCHED = """() => ({
  amount: document.querySelector('#over [name=amount]')?.value ?? '',
  title: document.querySelector('#over :is(h1, h2)')?.textContent.trim(),
  error: Boolean(document.querySelector('#over form [data-error]:not(template *)')),
  isFocused: Boolean(document.querySelector('#over button[aria-busy]')),
})"""
ON_ACCOUNT = (".entry-buttons a.debt", ".entry-buttons a.pay", "article.entry > a")
ON_DUE = ("[href*='/promises/new']", "[href*='kind=payment']", "[href$='/remind']")


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.with_something_late))


def twice(page: Page, opener: str, delay: int) -> bool:
    """Two taps on one place; whether the second came in time to be meant for the first's target."""
    button = page.locator(opener).first
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    page.evaluate(HEAR)
    for wait in (delay, 0):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_timeout(wait)
    expect(page.locator("#over")).to_have_attribute("open", "")
    expect(page.locator("#sheet form, #sheet section").first).to_be_visible()
    return page.evaluate(GAP) < GUARDED_MS


def tap_twice(phone: Phone, address: str, opener: str, delay: int) -> None:
    for _ in range(6):
        phone.open(address)
        phone.page.wait_for_load_state("networkidle")
        if twice(phone.page, opener, delay):
            break
    else:
        pytest.fail("this machine cannot tap so quickly")
    touched = phone.page.evaluate(TOUCHED)
    assert touched == {**touched, "amount": "", "error": False, "isFocused": False}
    assert touched["title"]


@pytest.mark.parametrize("opener", ON_ACCOUNT)
def test_the_second_tap_on_an_account_does_nothing(phone: Phone, shop: seed.Shop, opener: str):
    for delay in DELAYS:
        tap_twice(phone, shop.account("سالم"), opener, delay)


@pytest.mark.parametrize("opener", ON_DUE)
def test_the_second_tap_on_the_due_list_does_nothing(phone: Phone, shop: seed.Shop, opener: str):
    for delay in DELAYS:
        tap_twice(phone, f"{shop.home}/due", opener, delay)


def test_after_a_moment_every_key_counts(phone: Phone, shop: seed.Shop):
    phone.open(shop.account("سالم"))
    phone.open_sheet()
    phone.tap_amount("5")
    assert phone.page.locator("#amount").input_value() == "5"
