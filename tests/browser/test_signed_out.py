"""The sign-in ended while a page was open: what was typed is saved by signing in again."""

from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.phone import Phone, expect_standing

NO_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"


def sign_up(phone: Phone) -> list[str]:
    phone.authenticator()
    phone.signup()
    return phone.make_codes()


def test_what_was_changed_is_saved_by_the_fingerprint(visit):
    phone = visit()
    phone.page.add_init_script(NO_AUTOFILL)
    sign_up(phone)
    phone.foreseen.add(401)
    page = phone.page
    page.click(".empty a.button")
    account = phone.add("أبو علي")
    page.goto(f"{account}/edit")
    page.fill("[name=name]", "أبو علي الخباز")
    page.fill("[name=email]", "ali@example.com")
    page.fill("[name=neighbourhood]", "حي الروضة")
    phone.context.clear_cookies()
    page.click("#customer-form button[type=submit]")
    expect(page.locator("h1")).to_have_text("انتهت جلستك")
    expect(page.locator(".kept")).to_contain_text("أبو علي الخباز")
    expect(page.locator(".kept")).to_contain_text("البريد الإلكترونيali@example.com")
    expect(page.locator(".kept")).to_contain_text("الحي / العنوانحي الروضة")
    page.click("form[data-passkey] button[type=submit]:not([form])")
    page.wait_for_selector("#standing")
    expect(page.locator(".topbar h1")).to_have_text("أبو علي الخباز")
    expect(page.locator("#side .topbar-line")).to_contain_text("حي الروضة")
    page.goto(f"{account}/edit")
    expect(page.locator("[name=email]")).to_have_value("ali@example.com")


def test_without_a_script_a_recovery_code_in_another_page_does(visit):
    phone = visit()
    codes = sign_up(phone)
    home = urlsplit(phone.page.url).path
    phone.open(f"{home}customers/new")
    account = phone.add("سالم")
    plain = visit(java_script_enabled=False)
    plain.foreseen.add(401)
    cookies = phone.context.cookies()
    plain.context.add_cookies(cookies)
    page = plain.open(f"{account}/entries/new")
    page.fill("#amount", "١٢٫٥٠")
    plain.context.clear_cookies()
    page.click("[data-confirm-button]")
    expect(page.locator(".kept")).to_contain_text("١٢٫٥٠")
    with plain.context.expect_page() as opened:
        page.click("a[href='/recover']")
    endpoint = opened.value
    endpoint.fill("[name=phone]", "0501234567")
    endpoint.fill("[name=code]", codes[0])
    endpoint.click("form[action='/recover'] button")
    endpoint.wait_for_url("**/account/passkeys/new")
    page.click("button[form=kept]")
    expect_standing(page, "عليه 12.50 ر.س")
