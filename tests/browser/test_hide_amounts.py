"""«أخفِ المبالغ»: one tap on the totals blurs every amount on this phone, until the next tap."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.offline.hand import carry
from tests.browser.phone import Phone

DEBTOR = "سالم"
PLACES = (
    "[...document.querySelectorAll('main *')].map((one) => one.getBoundingClientRect().toJSON())"
)


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


def blurred(page: Page, selector: str) -> bool:
    return "blur" in page.locator(selector).first.evaluate("(one) => getComputedStyle(one).filter")


def button(page: Page, is_pressed: bool):
    return page.get_by_role("button", name="أخفِ المبالغ", pressed=is_pressed)


def test_a_tap_hides_the_amounts_of_every_page(phone: Phone, shop):
    page = phone.open(f"{shop.home}/")
    expect(button(page, False)).to_be_visible()
    before = page.evaluate(PLACES)
    page.click("#totals dd >> nth=0")
    expect(button(page, True)).to_be_visible()
    assert blurred(page, "#totals .money")
    assert blurred(page, "#list .row .money")
    assert page.evaluate(PLACES) == before
    assert "data-amounts-hidden" in page.request.get(f"{shop.home}/").text()
    page.goto(shop.account(DEBTOR))
    assert blurred(page, "#standing .big")
    assert blurred(page, ".entry div:nth-child(4) bdi")
    page.click("#standing .big")
    expect(button(page, False)).to_be_visible()
    assert not blurred(page, "#standing .big")
    page.goto(f"{shop.home}/")
    assert not blurred(page, "#list .row .money")


def test_the_button_needs_no_pointer(phone: Phone, shop):
    page = phone.open(f"{shop.home}/")
    button(page, False).focus()
    page.keyboard.press("Enter")
    expect(button(page, True)).to_be_focused()
    page.keyboard.press("Space")
    expect(button(page, False)).to_be_focused()


def test_amounts_stay_hidden_without_a_network(phone: Phone, shop):
    phone.is_cut_off = True
    page = phone.open(f"{shop.home}/")
    page.click("#totals dd >> nth=0")
    carry(page)
    phone.context.set_offline(True)
    page.goto(f"{shop.home}/")
    expect(button(page, True)).to_be_visible()
    assert blurred(page, "#list .row .money")
    page.click("#totals dd >> nth=0")
    assert not blurred(page, "#list .row .money")
    phone.context.set_offline(False)


def test_what_is_typed_in_the_sheet_can_be_read(phone: Phone, shop):
    page = phone.open(shop.account(DEBTOR))
    page.click("#standing .big")
    phone.open_sheet()
    phone.tap_amount("12")
    assert not blurred(page, "#over #amount")
    assert not blurred(page, "#over [data-confirm-button] .money")
    assert blurred(page, "#over [data-before] .money")
