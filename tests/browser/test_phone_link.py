"""Two phones: the first shows a code, the second comes in by it, once."""

import re

from playwright.sync_api import expect

from tests.browser.phone import Phone

ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
COPIES = "navigator.clipboard.writeText = async (text) => { window.copied = text }"
SHARES = "navigator.share = async ({ text }) => { window.shared = text }"


def first_phone(visit) -> Phone:
    phone: Phone = visit(user_agent=ANDROID)
    phone.authenticator()
    phone.context.add_init_script(COPIES + ";" + SHARES)
    phone.signup()
    return phone


def show_code(phone: Phone) -> str:
    """By the menu; the address that the code holds."""
    page = phone.open("/")
    page.click(".bottom-bar a[href$='/more']")
    page.click("a[href='/account/phones/new']")
    page.click("form[action='/account/phones'] button")
    expect(page.locator("#phone-link .qr")).to_be_visible()
    told = page.locator("#phone-link-address").get_attribute("data-told")
    assert told
    return told


def second_phone(visit) -> Phone:
    phone: Phone = visit(user_agent=ANDROID)
    phone.authenticator()
    return phone


def come_in(phone: Phone, link: str) -> None:
    page = phone.open(link)
    expect(page.locator("form[data-joins]")).to_be_visible()
    assert page.evaluate("location.hash") == ""
    page.click("form[data-joins] button[type=submit]")


def test_the_second_phone_comes_in_and_the_first_one_hears_of_it(visit, server, data):
    first = first_phone(visit)
    link = show_code(first)
    second = second_phone(visit)
    come_in(second, link)
    second.page.wait_for_url("**/s/*/")
    expect(second.page.locator("#book h1")).to_have_text("بقالة النور")
    expect(first.page.locator("#phone-link[data-state=joined]")).to_be_visible()
    expect(first.page.locator("#phone-link")).to_contain_text("هاتف Android 2")
    expect(first.page.locator(".qr")).to_have_count(0)
    second.context.clear_cookies(name="daftari")
    second.open("/signin")
    second.page.wait_for_url("**/s/*/")
    token = link.partition("#")[2]
    assert len(token) == 43
    assert token not in server.log.read_text()
    for path in data.rglob("*.db*"):
        assert token.encode() not in path.read_bytes()


def test_a_code_that_was_used_says_so_and_lets_nobody_in(visit):
    first = first_phone(visit)
    link = show_code(first)
    come_in(second_phone(visit), link)
    expect(first.page.locator("#phone-link[data-state=joined]")).to_be_visible()
    thief = second_phone(visit)
    thief.foreseen.add(422)
    come_in(thief, link)
    said = thief.page.locator("[data-says=refused]")
    expect(said).to_be_visible()
    assert said.get_attribute("data-error") == "phone_link_used"
    assert thief.page.url.endswith("/join")


def test_what_is_not_hers_is_thrown_out_with_one_tap(visit):
    first = first_phone(visit)
    link = show_code(first)
    stranger = second_phone(visit)
    come_in(stranger, link)
    stranger.page.wait_for_url("**/s/*/")
    page = first.page
    page.click("#phone-link form[action$='/removal'] button")
    page.wait_for_url("**/account")
    expect(page.locator("li[id^=passkey-]")).to_have_count(1)
    expect(page.locator("li[id^=device-]")).to_have_count(1)
    stranger.context.set_extra_http_headers({})
    stranger.page.goto("/account")
    stranger.page.wait_for_url("**/signin?next=**")


def test_a_phone_that_is_signed_in_is_told_so(visit):
    link = show_code(first_phone(visit))
    other = second_phone(visit)
    other.signup("هدى", "خضار هدى")
    page = other.open(link)
    expect(page.locator("[data-error=already_signed_in]")).to_contain_text("هدى")
    expect(page.locator("form[data-joins]")).to_have_count(0)


def test_an_address_without_its_code_says_where_to_find_one(visit):
    page = second_phone(visit).open("/join")
    expect(page.locator("[data-no-code]")).to_be_visible()
    expect(page.locator("form[data-joins]")).to_be_hidden()


def test_without_a_camera_the_address_is_copied_or_shared(visit):
    first = first_phone(visit)
    link = show_code(first)
    page = first.page
    page.click("#phone-link summary")
    page.click("[data-copy-address]")
    expect(page.locator("[data-copied]")).to_be_visible()
    assert page.evaluate("copied") == link
    page.click("#phone-link [data-share]")
    assert page.evaluate("shared") == link


def test_the_code_holds_the_address(visit):
    """Drawn again from the address: the same modules."""
    from daftari.web.qr import qr_code

    first = first_phone(visit)
    link = show_code(first)
    drawn = first.page.locator("#phone-link .qr path").nth(1).get_attribute("d")
    expected = re.findall(r' d="([^"]+)"', qr_code(link))
    assert drawn == expected[1]
