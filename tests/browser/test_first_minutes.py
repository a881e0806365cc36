"""The first minutes of a book: its pages fit the smallest phone, and its tour can be closed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import assert_it_fits
from tests.browser.phone import Phone
from tests.browser.test_phone_link import come_in, show_code

KNOWN = "A" * 22  # the mark of a browser in which somebody signed in


@pytest.fixture
def phone(visit) -> Phone:
    made: Phone = visit(width=320, height=640)
    made.authenticator()
    return made


def fits(page: Page) -> None:
    assert_it_fits(page)
    page.set_viewport_size({"width": 320, "height": 640})


def test_the_book_and_the_codes_fit(phone):
    phone.signup()
    page = phone.page
    fits(page)
    page.click(".empty a.button")
    phone.add("أبو علي")
    page.goto("/")
    expect(page.locator("#codes-reminder")).to_be_visible()
    fits(page)
    page.click("#codes-reminder a")
    fits(page)
    page.click("form[action='/recovery-codes'] button")
    expect(page.locator("#codes code")).to_have_count(10)
    fits(page)
    page.reload()
    fits(page)


def test_adding_a_phone_fits_on_both(phone, visit):
    phone.signup()
    phone.open("/account/phones/new")
    fits(phone.page)
    link = show_code(phone)
    phone.page.click("#phone-link summary")
    second = visit(width=320, height=640)
    second.authenticator()
    second.open(link)
    fits(second.page)
    come_in(second, link)
    second.page.wait_for_url("**/s/*/")
    expect(phone.page.locator("#phone-link[data-state=joined]")).to_be_visible()
    fits(phone.page)
    fits(second.open("/join"))
    fits(second.open("/account"))


def test_the_code_fits(phone):
    phone.signup()
    show_code(phone)
    phone.page.click("#phone-link summary")
    fits(phone.page)


@pytest.mark.parametrize("path", ["/signup", "/"])
def test_the_page_of_a_known_browser_fits(visit, path):
    phone = visit(width=320, height=640)
    phone.context.add_cookies([{"name": "phone", "value": KNOWN, "url": phone.origin}])
    fits(phone.open(path))


def test_the_tour_is_closed_by_its_head_and_stays_closed(phone):
    phone.signup()
    page = phone.page
    expect(page.locator(".tour-card")).to_have_count(3)
    expect(page.locator(".tour-card").first).to_be_visible()
    page.click(".tour summary")
    expect(page.locator(".tour-card").first).to_be_hidden()
    page.reload()
    expect(page.locator(".tour")).to_be_visible()
    expect(page.locator(".tour-card").first).to_be_hidden()
    page.click(".empty a.button")
    phone.add("أبو علي")
    page.goto("/")
    expect(page.locator("#list .row")).to_have_count(1)
    expect(page.locator(".tour")).to_have_count(0)


def test_without_a_script_the_tour_opens_and_closes(visit, phone):
    phone.signup()
    plain = visit(java_script_enabled=False)
    plain.context.add_cookies(phone.context.cookies())
    page = plain.open("/")
    expect(page.locator(".tour-card").first).to_be_visible()
    page.click(".tour summary")
    expect(page.locator(".tour-card").first).to_be_hidden()
