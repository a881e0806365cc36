"""Browsers that lack something: what the README promises of each, with the feature switched off."""

import pytest
from playwright.sync_api import Page, expect

WITHOUT_HELPERS = """
delete PublicKeyCredential.parseCreationOptionsFromJSON
delete PublicKeyCredential.parseRequestOptionsFromJSON
delete PublicKeyCredential.prototype.toJSON
PublicKeyCredential.isConditionalMediationAvailable = undefined
"""
WITHOUT_PASSKEYS = "delete globalThis.PublicKeyCredential"
TYPED = {"name": "أم سليم", "shop_name": "بقالة النور", "phone": "0501234567"}


def fill_in(page: Page) -> None:
    for name, value in TYPED.items():
        page.fill(f"[name={name}]", value)


def assert_kept(page: Page) -> None:
    for name, value in TYPED.items():
        assert page.locator(f"[name={name}]").input_value() == value


def test_without_the_json_helpers_one_signs_up_and_in(visit):
    phone = visit()
    phone.authenticator()
    phone.context.add_init_script(WITHOUT_HELPERS)
    page = phone.open("/signup")
    assert page.evaluate("'toJSON' in PublicKeyCredential.prototype") is False
    phone.signup()
    phone.context.clear_cookies()
    page = phone.open("/signin")
    page.click("form button[type=submit]")
    page.wait_for_url("**/s/*/")


@pytest.mark.parametrize("path", ["/signup", "/signin"])
def test_without_passkeys_the_page_says_so_and_stays(visit, path):
    phone = visit()
    phone.context.add_init_script(WITHOUT_PASSKEYS)
    page = phone.open(path)
    expect(page.locator("[data-says=passkey_unsupported]")).to_be_visible()
    if path == "/signup":
        fill_in(page)
        page.click("form button[type=submit]")
        assert_kept(page)
    assert page.url.endswith(path)


def test_without_a_script_what_was_typed_stays(visit):
    phone = visit(java_script_enabled=False)
    phone.foreseen.add(422)
    page = phone.open("/signup")
    fill_in(page)
    page.click("form button[type=submit]")
    expect(page.locator("[data-error=passkey_needs_script]")).to_be_visible()
    assert_kept(page)
