"""The recovery codes: asked for by a card in the book, shown once, kept in one of four ways."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

SHARES = """
navigator.share = async ({ text }) => { window.shared = text }
window.print = () => { window.printed = true }
navigator.clipboard.writeText = async (text) => { window.copied = text }
"""


@pytest.fixture
def phone(visit) -> Phone:
    made: Phone = visit()
    made.authenticator()
    made.context.add_init_script(SHARES)
    made.signup()
    return made


def show_codes(phone: Phone) -> list[str]:
    page = phone.page
    page.click("#codes-reminder a")
    expect(page.locator("#codes")).to_have_count(0)
    page.click("form[action='/recovery-codes'] button")
    expect(page.locator("#codes code")).to_have_count(10)
    return page.locator("#codes code").all_inner_texts()


def test_the_codes_can_be_copied_printed_saved_and_shared(phone, tmp_path: Path):
    page = phone.page
    codes = show_codes(phone)
    page.click("[data-copy]")
    expect(page.locator("[data-copied]")).to_be_visible()
    assert page.evaluate("copied") == "\n".join(codes)
    page.click("[data-print]")
    assert page.evaluate("printed") is True
    with page.expect_download() as saved:
        page.click("[data-save]")
    saved.value.save_as(tmp_path / "codes.txt")
    assert saved.value.suggested_filename.endswith(".txt")
    assert (tmp_path / "codes.txt").read_text().split("\n")[1:] == [*codes, ""]
    page.click("[data-share]")
    assert page.evaluate("shared").split("\n")[1:] == codes


def test_the_card_stands_until_the_codes_are_kept(phone):
    page = phone.page
    home = page.url
    show_codes(phone)
    page.reload()
    expect(page.locator("#codes")).to_have_count(0)
    page.goto(home)
    expect(page.locator("#codes-reminder")).to_be_visible()
    page.click("#codes-reminder a")
    page.click("form[action='/recovery-codes/kept'] button")
    page.wait_for_url("**/s/*/")
    expect(page.locator(".empty")).to_be_visible()
    expect(page.locator("#codes-reminder")).to_have_count(0)
