"""What another app shares: a photo goes into the new entry, a contact into the new customer."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.offline.hand import carry
from tests.browser.phone import Phone
from tests.photos import a_photo

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:زيد النجار\r\nTEL;TYPE=CELL:0507654321\r\nEND:VCARD\r\n"
# A form of the page in the place of the phone's own share sheet.
SHARE = """([name, type, content]) => {
  const files = new DataTransfer()
  files.items.add(new File([new Uint8Array(content)], 'shared', { type }))
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action: '/share', enctype: 'multipart/form-data' })
  const input = Object.assign(document.createElement('input'), { type: 'file', name })
  form.append(input)
  input.files = files.files
  document.body.append(form)
  HTMLFormElement.prototype.submit.call(form)
}"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


@pytest.fixture
def carried(phone: Phone, shop: seed.Shop) -> Page:
    """A phone whose service worker is at work."""
    page = phone.open(f"{shop.home}/")
    carry(page)
    return page


def share(page: Page, name: str, media_type: str, content: bytes, to: str = "**shared=*") -> None:
    with page.expect_navigation(url=to):
        page.evaluate(SHARE, [name, media_type, list(content)])


def toast(page: Page):
    return page.locator("#toasts .toast")


def test_a_shared_photo_stands_in_the_new_entry(carried, shop):
    page = carried
    share(page, "photo", "image/jpeg", a_photo((400, 300)))
    expect(toast(page)).to_contain_text("الصورة جاهزة")
    assert page.url.endswith("/entries/new")
    page.click("#list .row a:has-text('سالم')")
    expect(page.locator("#over [data-photo-shown] canvas")).to_be_visible()
    for key in "12":
        page.click(f'[data-key="{key}"]')
    page.click("[data-confirm-button]")
    page.wait_for_url(f"**{shop.account('سالم')}*")
    line = page.locator("article.entry").first
    expect(line).to_contain_text("12.00")
    expect(line).to_contain_text("معه صورة")


def test_a_shared_contact_stands_in_the_new_customer(carried):
    page = carried
    share(page, "contact", "text/vcard", CARD.encode())
    expect(page.locator("#customer-form [name=name]")).to_have_value("زيد النجار")
    expect(page.locator("#customer-form [name=phone]")).to_have_value("0507654321")
    expect(toast(page)).to_contain_text("من جهة الاتصال")
    page.click("#customer-form > [type=submit]")
    expect(page.locator(".topbar h1")).to_have_text("زيد النجار")


@pytest.mark.parametrize(
    ("name", "media_type", "content", "told"),
    [
        ("photo", "image/jpeg", b"%PDF-1.4", "هذه ليست صورة"),
        ("contact", "text/vcard", b"\x00\xff" * 40, "ليس فيها اسم ولا رقم"),
    ],
)
def test_a_bad_file_is_told_in_words(carried, name, media_type, content, told):
    share(carried, name, media_type, content)
    expect(toast(carried)).to_contain_text(told)


def test_what_the_worker_has_lost_is_to_be_shared_again(carried, shop):
    carried.goto("/open/new-entry?shared=photo")
    expect(toast(carried)).to_contain_text("لم تصل الصورة")
    carried.goto("/open/new-customer?shared=contact")
    expect(toast(carried)).to_contain_text("لم تصل جهة الاتصال")


def test_a_photo_is_shared_without_a_network(phone, carried, shop):
    page = carried
    phone.is_cut_off = True
    phone.context.set_offline(True)
    share(page, "photo", "image/jpeg", a_photo((400, 300)))
    expect(toast(page)).to_contain_text("الصورة جاهزة")
    page.click("#list .row a:has-text('سالم')")
    expect(page.locator("#over [data-photo-shown] canvas")).to_be_visible()
    phone.context.set_offline(False)


def test_who_is_not_signed_in_is_asked_to_first(phone, carried):
    phone.foreseen.add(401)
    phone.context.clear_cookies()
    share(carried, "photo", "image/jpeg", a_photo((16, 12)), "**/signin?next=*")
    expect(carried.locator("form[data-passkey]")).to_be_visible()
    assert "/signin?next=" in carried.url
