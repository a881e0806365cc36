"""The first day of a shop, in a real browser, with a server that is killed in the middle of it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.phone import Phone, expect_standing

TIMES = re.compile(rb'"time":"[^"]*"|"ms":[0-9.]+')


def write_first_entries(phone: Phone) -> None:
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("12.5")
    expect(page.locator("[data-words]")).to_contain_text("اثنا عشر ريال")
    phone.tap_amount("0")
    expect(page.locator("[data-confirm-button]")).to_contain_text("12.50")
    page.click("[data-confirm-button]")
    expect(page.locator("dialog#over")).to_be_hidden()
    expect(page.locator("#standing .big")).to_contain_text("12.50")
    phone.open_sheet("pay")
    phone.tap_amount("5")
    page.click("[data-confirm-button]")
    expect(page.locator("dialog#over")).to_be_hidden()
    expect(page.locator("#standing .big")).to_contain_text("7.50")
    page.wait_for_load_state("networkidle")


def keep_codes(phone: Phone, account: str) -> list[str]:
    """Asked for from the card in the book, after the first debt."""
    page = phone.page
    page.goto("/".join(account.split("/")[:3]) + "/")
    codes = phone.make_codes()
    assert len(codes) == 10
    page.goto(account)
    return codes


NO_AUTOFILL = "PublicKeyCredential.isConditionalMediationAvailable = async () => false"


def test_a_grocer_opens_a_book_and_it_outlives_the_server(visit, server, data):
    phone = visit()
    phone.authenticator()
    page = phone.open("/")
    page.click("a[href='/signup'] >> nth=0")
    phone.signup()
    page.click(".empty a.button")
    account = phone.add("أبو علي")
    write_first_entries(phone)
    codes = keep_codes(phone, account)
    expect_standing(page, "عليه 7.50 ر.س")
    expect(page.locator("article.entry")).to_have_count(2)

    phone.is_cut_off = True
    server.kill()
    server.start()
    page.reload()
    expect_standing(page, "عليه 7.50 ر.س")
    expect(page.locator("article.entry")).to_have_count(2)
    page.goto("/")
    expect(page.locator("#totals")).to_contain_text("7.50")
    expect(page.locator("#list")).to_contain_text("أبو علي")
    said = ["أبو علي", "أم سليم", "بقالة النور", "501234567", "12.50", *codes]
    assert_no_word_in_clear([*data.rglob("*"), server.log], *said)

    sign_out_and_in(phone, account)
    come_back_with_a_code(visit, phone, codes, account)


def assert_no_word_in_clear(paths: list[Path], *words: str) -> None:
    """Neither in the files of the shop nor in what the server said, whose times are only digits."""
    files = [path for path in paths if path.is_file()]
    assert len(files) >= 5
    for path in files:
        content = TIMES.sub(b"", path.read_bytes())
        for word in words:
            assert word.encode() not in content, path.name


def sign_out_and_in(phone: Phone, account: str) -> None:
    """By the field that offers the passkey; then by the button, to the page that was asked for."""
    page = phone.page
    page.goto("/".join(account.split("/")[:3]) + "/more")
    page.click("form[action='/signout'] button")
    page.wait_for_url(f"{phone.origin}/")
    page.goto(account)
    page.wait_for_url(f"**{account}")
    expect_standing(page, "عليه 7.50 ر.س")
    phone.context.clear_cookies()
    page.add_init_script(NO_AUTOFILL)
    page.goto(account)
    page.wait_for_url("**/signin?next=**")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(f"**{account}")
    expect_standing(page, "عليه 7.50 ر.س")


def come_back_with_a_code(visit, phone: Phone, codes: list[str], account: str) -> None:
    """A new phone: in with a code, and a passkey of its own; then it opens the book alone."""
    other = visit()
    other.authenticator()
    page = other.open("/recover")
    page.fill("[name=phone]", "0501234567")
    page.fill("[name=code]", codes[3])
    page.click("form[action='/recover'] button[type=submit]")
    page.wait_for_url("**/account/passkeys/new")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/account")
    expect(page.locator("li[id^=passkey-]")).to_have_count(2)
    other.context.clear_cookies()
    page.goto("/signin")
    page.wait_for_url("**/s/*/")
    page.goto(account)
    expect_standing(page, "عليه 7.50 ر.س")
    phone.page.goto("/account")
    expect(phone.page.locator("li[id^=passkey-]")).to_have_count(2)

    third = visit()
    third.foreseen.add(422)
    page = third.open("/recover")
    page.fill("[name=phone]", "0501234567")
    page.fill("[name=code]", codes[3])
    page.click("form[action='/recover'] button[type=submit]")
    expect(page.locator("[data-error]").first).to_be_visible()
    assert urlsplit(page.url).path == "/recover"


def test_without_a_fingerprint_nothing_is_opened(visit):
    """The phone has no key for this address: the page says so and stays."""
    phone = visit()
    phone.authenticator()
    page = phone.open("/signin")
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("[data-says=passkey_cancelled]")).to_be_visible()
    assert urlsplit(page.url).path == "/signin"


def test_what_is_missing_is_said_beside_its_field_before_the_fingerprint(visit):
    phone = visit()
    phone.foreseen.add(422)
    phone.authenticator()
    page = phone.open("/signup")
    page.fill("[name=name]", "أم سليم")
    page.fill("[name=shop_name]", "بقالة النور")
    page.fill("[name=phone]", "12")
    page.click("form[data-passkey] button[type=submit]")
    expect(page.locator("#phone-error")).to_be_visible()
    assert page.locator("#phone").get_attribute("aria-invalid") == "true"
    assert page.locator("#phone-error").get_attribute("data-error") == "phone_not_a_phone"
