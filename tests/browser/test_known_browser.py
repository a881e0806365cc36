"""A grocer who signs up again on the phone of the first book is asked to sign in first."""

from playwright.sync_api import expect

from tests.browser.phone import Phone

NO_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"


def test_the_owner_who_signs_up_again_finds_the_first_book(visit):
    phone: Phone = visit()
    phone.authenticator()
    phone.page.add_init_script(NO_AUTOFILL)
    phone.signup()
    page = phone.page
    page.click(".empty a.button")
    account = phone.add("أبو علي")
    page.goto("/".join(account.split("/")[:3]) + "/more")
    page.click("form[action='/signout'] button")
    page.wait_for_url(f"{phone.origin}/")
    expect(page.locator("a[href='/signup']")).to_have_count(0)
    page.goto("/signup")
    expect(page.locator("h1")).to_have_text("دفترك في انتظارك")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/s/*/")
    expect(page.locator("#list")).to_contain_text("أبو علي")
    phone.context.clear_cookies(name="daftari")
    page.goto("/signup")
    page.click("a[href='/signup?anew=yes']")
    expect(page.locator("form[data-options='/signup/options']")).to_be_visible()
