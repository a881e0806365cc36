"""A statement in two taps from the account: a download, the phone's share sheet, paper."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser import seed
from tests.browser.phone import Phone

DEBTOR = "أبو علي الخباز"
# The phone's own share sheet, which keeps what it is handed; it refuses as often as it is told.
SHEET = """(() => {
  const shared = window.shared = []
  let refusals = %d
  navigator.canShare = (it) => it.files?.length > 0
  navigator.share = async (it) => {
    if (refusals-- > 0) throw new DOMException('', 'NotAllowedError')
    shared.push([it.files[0].name, it.files[0].type, it.files[0].size])
  }
})()"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


def open_statement(phone: Phone, shop: seed.Shop) -> Page:
    page = phone.open(shop.account(DEBTOR))
    page.click("#contact-actions a[href$='/statement']")
    page.wait_for_selector("#statement")
    return page


def words_of(pdf: bytes) -> str:
    return " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages)


def shared(page: Page) -> list[Any]:
    """What the share sheet was handed: name, type and size of the one file."""
    page.wait_for_selector("[data-share-file]:not([aria-busy])")
    (one,) = page.evaluate("window.shared")
    return list(one)


def test_a_statement_is_downloaded_in_two_taps(phone, shop):
    page = open_statement(phone, shop)
    with page.expect_download() as download:
        page.click("[data-share-file]")
    file = download.value
    assert file.suggested_filename.startswith("كشف-أبو-علي-الخباز-")
    assert "1,419.49" in words_of(Path(file.path()).read_bytes())


def test_it_is_handed_to_the_phones_own_share_sheet(phone, shop):
    phone.page.add_init_script(SHEET % 0)
    page = open_statement(phone, shop)
    page.click("[data-share-file]")
    name, media_type, size = shared(page)
    assert name.startswith("كشف-أبو-علي-الخباز-")
    assert name.endswith(".pdf")
    assert media_type == "application/pdf"
    assert size > 10_000


def test_where_the_browser_wants_another_tap_the_file_waits_for_it(phone, shop):
    phone.page.add_init_script(SHEET % 1)
    page = open_statement(phone, shop)
    page.click("[data-share-file]")
    expect(page.locator("[data-share-file]")).to_have_text("الملف جاهز: اضغط لإرساله")
    page.click("[data-share-file]")
    assert shared(page)[1] == "application/pdf"


def test_the_page_prints_what_it_shows(phone, shop):
    page = open_statement(phone, shop)
    assert "1,419.49" in words_of(page.pdf(format="A4"))
    page.emulate_media(media="print")
    expect(page.locator("[data-share-file]")).to_be_hidden()
    expect(page.locator(".statement-head")).to_be_visible()


def test_a_receipt_is_taken_from_the_entrys_page(phone, shop):
    page = phone.open(shop.account(DEBTOR))
    page.goto(page.locator(".entry > a").first.get_attribute("href").replace("..", shop.home))
    page.click("#receipts > summary")
    with page.expect_download() as download:
        page.click("a[href$='paper=80']")
    assert download.value.suggested_filename.startswith("إيصال-أبو-علي-الخباز-")
