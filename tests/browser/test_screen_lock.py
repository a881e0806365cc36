"""A phone without a screen lock can make no passkey: it is told what to switch on."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def fill_in_and_send(phone: Phone) -> None:
    page = phone.page
    page.fill("[name=name]", "أم سليم")
    page.fill("[name=shop_name]", "بقالة النور")
    page.fill("[name=phone]", "0501234567")
    page.click("form[data-passkey] button[type=submit]")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_phone_without_a_screen_lock_is_told_before_anything_is_typed(visit, language):
    phone = visit(user_agent=ANDROID, locale=language)
    phone.authenticator(has_lock=False)
    said = phone.open("/signup").locator("[data-says=no_screen_lock]")
    expect(said).to_be_visible()
    expect(said).to_contain_text("Android")
    expect(said).to_contain_text("iPhone")


def test_what_was_typed_stays_where_the_lock_is_missing(visit):
    phone = visit(user_agent=ANDROID)
    phone.authenticator(has_lock=False)
    page = phone.open("/signup")
    fill_in_and_send(phone)
    expect(page.locator("[data-says=no_screen_lock]")).to_be_visible()
    expect(page.locator("form[data-passkey] button[type=submit]")).to_be_enabled()
    assert page.input_value("[name=shop_name]") == "بقالة النور"
    expect(page.locator("[data-says=passkey_cancelled]")).to_be_hidden()


def test_a_phone_with_a_lock_hears_nothing_of_it(visit):
    phone = visit(user_agent=ANDROID)
    phone.authenticator()
    page = phone.open("/signup")
    expect(page.locator("form[data-passkey] button[type=submit]")).to_be_visible()
    assert page.evaluate("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()")
    expect(page.locator("[data-says=no_screen_lock]")).to_be_hidden()
    fill_in_and_send(phone)
    page.wait_for_url("**/s/*/")
