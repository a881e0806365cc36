"""Whatever goes wrong has a page that fits, can be read, and says what to do next."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looks import assert_it_fits
from tests.browser.phone import PATIENCE_MS
from tests.browser.troubles import TROUBLES, Place, a_troubled_place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with a_troubled_place(tmp_path_factory.mktemp("troubles")) as place:
        yield place


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    size = {"width": 320, "height": 640}
    context = chromium.new_context(viewport=size, locale="ar", has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_has_a_page_that_fits_and_a_way_on(page, place, name):
    TROUBLES[name](page, place)
    expect(page.locator(".error-page")).to_have_attribute("data-error", name)
    expect(page.locator(".error-page .button").first).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "ar"
    assert_it_fits(page)


def test_from_a_book_that_cannot_be_opened_one_comes_to_ones_account_and_out(page, place):
    """The first page leads to the last book, which is this one: it would lead nowhere."""
    TROUBLES["shop_damaged"](page, place)
    page.click("a[href='/account']")
    expect(page.locator("#devices")).to_be_visible()
