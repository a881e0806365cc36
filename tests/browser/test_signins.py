"""A stranger comes in on a new phone, and one tap in the alert throws him out."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.phone import Phone

ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def umm_salim(visit: Any) -> tuple[Phone, list[str]]:
    phone: Phone = visit(user_agent=ANDROID)
    phone.authenticator()
    phone.signup()
    return phone, phone.make_codes()


def come_in(visit: Any, code: str) -> Phone:
    """Somebody with one of her codes, who makes a passkey."""
    phone: Phone = visit(user_agent=ANDROID)
    phone.authenticator()
    page = phone.open("/recover")
    page.fill("[name=phone]", "0501234567")
    page.fill("[name=code]", code)
    page.click("form[action='/recover'] button[type=submit]")
    page.wait_for_url("**/account/passkeys/new")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/account")
    return phone


def open_alerts(phone: Phone) -> Page:
    """The worker brings the alert within seconds."""
    page = phone.open("/")
    page.click(".bottom-bar a[href$='/more']")
    page.click("a[href$='/more/alerts']")
    alert = page.locator("[data-alert=new_phone]")
    for _ in range(30):
        if alert.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    return page


def test_one_tap_in_the_alert_throws_the_stranger_out(visit):
    hers, codes = umm_salim(visit)
    his = come_in(visit, codes[0])
    his.foreseen.add(422)
    page = open_alerts(hers)
    page.click("[data-alert=new_phone] button[value=not_mine]")
    page.wait_for_url("**/account#devices")
    expect(page.locator("li[id^=passkey-]")).to_have_count(1)
    expect(page.locator("li[id^=device-]")).to_have_count(1)
    his.page.goto("/account")
    his.page.wait_for_url("**/signin?next=**")
    page.click("a[href='/account/signins']")
    row = page.locator("[data-signin=recovery_code]")
    expect(row).to_contain_text("ليس أنا")
    expect(row.locator("form")).to_have_count(0)


def test_one_tap_says_it_was_me_and_the_alert_is_quiet(visit):
    hers, codes = umm_salim(visit)
    other = come_in(visit, codes[0])
    page = open_alerts(hers)
    page.click("[data-alert=new_phone] button[value=mine]")
    expect(page.locator("[data-alert=new_phone].unread")).to_have_count(0)
    expect(page.locator("[data-alert=new_phone] button[value]")).to_have_count(0)
    expect(other.open("/account").locator("li[id^=device-]")).to_have_count(2)


def test_a_page_of_before_says_so_and_keeps_what_was_typed(visit):
    """Its cookie is gone, as after an update of the server: the second try works."""
    phone: Phone = visit(user_agent=ANDROID)
    phone.authenticator()
    phone.foreseen.add(422)
    page = phone.open("/signup")
    page.fill("[name=name]", "أم سليم")
    page.fill("[name=shop_name]", "بقالة النور")
    page.fill("[name=phone]", "0501234567")
    page.route("**/signup", lambda route: _without_cookies(phone, route))
    page.click("form[data-passkey] button[type=submit]")
    said = page.locator("[data-says=refused]")
    expect(said).to_be_visible()
    assert said.get_attribute("data-error") == "challenge_expired"
    expect(page.locator("[name=name]")).to_have_value("أم سليم")
    page.unroute("**/signup")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/s/*/")


def test_several_tabs_of_one_browser_sign_in(visit):
    phone, _ = umm_salim(visit)
    phone.context.clear_cookies()
    tabs = [phone.page, phone.tab(), phone.tab()]
    for tab in tabs:
        tab.add_init_script(
            "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
        )
        tab.goto("/signin")
    options = [
        tab.evaluate("fetch('/signin/options', {method: 'POST'}).then((a) => a.status)")
        for tab in tabs
    ]
    assert options == [200] * 3
    names = {one["name"] for one in phone.context.cookies() if "ceremony" in one["name"]}
    assert len(names) == 1
    tabs[0].click("form[data-passkey] button[type=submit]")
    tabs[0].wait_for_url("**/s/*/")


def _without_cookies(phone: Phone, route: Route) -> None:
    phone.context.clear_cookies()
    headers = {n: value for n, value in route.request.headers.items() if n != "cookie"}
    route.continue_(headers=headers)
