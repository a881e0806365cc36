"""Colour: amounts are ink, what is late is red, what is written is red or green."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from tests.browser import seed
from tests.browser.looks import THEMES
from tests.browser.phone import Phone

TOKEN = "name => getComputedStyle(document.documentElement).getPropertyValue(name)"
COLOURS = """(it) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const rgb = (colour) => {
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
  }
  const { color, backgroundColor } = getComputedStyle(it)
  return [rgb(color), rgb(backgroundColor)]
}"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


def colour(place: Locator) -> str:
    written, _ = place.evaluate(COLOURS)
    return "#" + "".join(f"{part:02x}" for part in written)


def token(page: Page, name: str) -> str:
    return str(page.evaluate(TOKEN, f"--{name}")).strip()


@pytest.mark.parametrize("theme", THEMES)
def test_amounts_are_ink_in_lists_and_totals_and_days_late_are_red(phone: Phone, shop, theme):
    page = phone.page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    for address in ("/", "/?filter=owed", "/due", "/due/suppliers"):
        phone.open(shop.home + address)
        amounts = page.locator(".row-amount .money, .totals .money").all()
        assert amounts, address
        assert {colour(one) for one in amounts} == {token(page, "ink")}, address
    phone.open(f"{shop.home}/due")
    assert colour(page.locator(".row-line.late").first) == token(page, "debt")


@pytest.mark.parametrize("theme", THEMES)
def test_a_balance_is_red_where_it_is_late_in_either_direction(phone: Phone, shop, theme):
    page = phone.page
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    looks = set()
    for people in ("?filter=owes", "?filter=owed"):
        phone.open(f"{shop.home}/{people}")
        links = [one.get_attribute("href") for one in page.locator("#list .row > a").all()]
        for link in links[:4]:
            phone.open(link or "")
            late = page.locator("#standing .tag.late").count() > 0
            big = colour(page.locator("#standing .big"))
            assert big == token(page, "debt" if late else "ink"), (link, late)
            looks.add((people, late))
    assert {late for _, late in looks} == {True, False}, looks


def test_in_the_dark_a_button_is_less_bright_than_its_words(phone: Phone, shop):
    page = phone.page
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    phone.open(shop.account("نورة"))
    for kind in ("debt", "pay"):
        words, ground = page.locator(f".entry-buttons .{kind}").evaluate(COLOURS)
        assert sum(ground) < sum(words) / 2, kind
