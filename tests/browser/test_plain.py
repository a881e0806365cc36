"""The book with JavaScript switched off: the same acts, a page at a time."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser import seed
from tests.browser.phone import Phone, expect_standing


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


@pytest.fixture
def phone(visit, shop: seed.Shop) -> Phone:
    made = visit(java_script_enabled=False)
    made.sign_in_as(shop.token)
    return made


def test_a_debt_and_a_payment_without_a_script(phone, shop):
    page = phone.open(f"{shop.home}/")
    page.click("a[href$='/customers/new'] >> nth=0")
    account = phone.add("أبو علي الخباز")
    page.click(".entry-buttons a >> nth=0")
    assert urlsplit(page.url).path == f"{account}/entries/new"
    expect(page.locator("[data-keypad]")).to_be_hidden()
    page.fill("#amount", "١٢٫٥٠")
    page.click("[data-confirm-button]")
    expect_standing(page, "عليه 12.50 ر.س")
    expect(page.locator(".toast[data-undo]")).to_be_visible()
    page.click(".entry-buttons a >> nth=1")
    page.fill("#amount", "5")
    page.click("[data-confirm-button]")
    expect_standing(page, "عليه 7.50 ر.س")
    page.click(".toast[data-undo] button")
    expect_standing(page, "عليه 12.50 ر.س")
    expect(page.locator("article.entry")).to_have_count(3)


def test_a_refusal_comes_back_as_a_page_with_what_was_typed(phone, shop):
    phone.foreseen.add(422)
    page = phone.open(f"{shop.account('سالم')}/entries/new")
    page.fill("#amount", "1,5")
    page.click("details summary >> text=المزيد")
    page.fill("#note", "خبز")
    page.click("[data-confirm-button]")
    expect(page.locator("#amount-error")).to_be_visible()
    assert page.locator("#amount").input_value() == "1,5"
    assert page.locator("#note").input_value() == "خبز"
    page.fill("#amount", "1.5")
    page.click("[data-confirm-button]")
    expect_standing(page, "عليه 97.75 ر.س")


def test_a_reversal_asks_on_a_page_of_its_own(phone, shop):
    page = phone.open(shop.account("فاطمة الزهراني"))
    page.click("article.entry a >> nth=0")
    page.click("#entry-details a[href$='/reversal']")
    page.fill("[name=reason]", "كُتب مرتين")
    page.click("#reversal button[type=submit]")
    expect_standing(page, "مسدَّد 0.00 ر.س")
    expect(page.locator("article.entry").first).to_contain_text("كُتب مرتين")


def test_search_filters_and_order_are_links_and_a_form(phone, shop):
    page = phone.open(f"{shop.home}/")
    page.fill("form.search input[type=search]", "سالم")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    expect(page.locator("#list .row")).to_have_count(1)
    page.goto(f"{shop.home}/")
    page.locator(".chips a", has_text="مسدَّد").click()
    assert "filter=settled" in page.url
    page.goto(f"{shop.home}/")
    page.click(".drop summary")
    page.click(".drop-list a >> nth=-1")
    assert "sort=name" in page.url


def test_the_language_changes_and_one_signs_out_without_a_script(phone, shop):
    page = phone.open("/account")
    page.check("[name=language][value=en]", force=True)
    page.click("form[action='/account/language'] button")
    page.goto(f"{shop.home}/more")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("form[action='/signout'] button")
    page.goto(f"{shop.home}/")
    assert urlsplit(page.url).path == "/signin"
    expect(page.locator("noscript p, .passkey-says ~ p").first).to_be_visible()
