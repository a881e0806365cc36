"""On paper: the book is a list with totals and page numbers, an account has its name and phone."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import seed
from tests.browser.phone import Phone

DEBTOR = "أبو علي الخباز"


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


def printed(phone: Phone, path: str) -> list[str]:
    """The text of each page of paper."""
    page = phone.open(path)
    page.wait_for_load_state("networkidle")
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    return [" ".join(sheet.extract_text().split()) for sheet in paper.pages]


def open_owner(visit, shop: seed.Shop, width: int, theme: str = "light") -> Phone:
    phone = visit(width=width, color_scheme=theme)
    phone.sign_in_as(shop.token)
    return phone


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_the_whole_book_is_a_list_with_totals(visit, shop, width, theme):
    phone = open_owner(visit, shop, width, theme)
    pages = printed(phone, f"{shop.home}/?rows=all&sort=name")
    assert len(pages) > 1
    assert "2,360.00" in pages[0]
    whole = " ".join(pages)
    debts = [f"10.{n:02d}" for n in range(48) if n % 3]
    assert [debt for debt in debts if debt not in whole] == []
    for number, text in enumerate(pages, 1):
        assert f"{len(pages)} / {number}" in text or f"{number} / {len(pages)}" in text
    phone.page.emulate_media(media="print")
    expect(phone.page.locator("h1").first).to_contain_text("بقالة النور")
    expect(phone.page.locator("h1").first).to_be_visible()
    expect(phone.page.locator(".bottom-bar")).to_be_hidden()
    paper = phone.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"


def test_a_part_of_the_book_says_that_others_are_missing(visit, shop):
    phone = open_owner(visit, shop, 360)
    pages = printed(phone, f"{shop.home}/")
    assert "10.47" in " ".join(pages)
    phone.page.emulate_media(media="print")
    more = phone.page.locator(".rows-more")
    told = more.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert "ليسوا في هذه الورقة" in told


@pytest.mark.parametrize("width", [360, 1280])
def test_an_account_has_the_shop_the_name_and_the_phone(visit, shop, width):
    phone = open_owner(visit, shop, width)
    pages = printed(phone, shop.account(DEBTOR))
    assert "+966 50 123 4567" in pages[0]
    assert "1,419.49" in pages[0]
    phone.page.emulate_media(media="print")
    expect(phone.page.locator(".paper-head")).to_have_text("بقالة النور")
    expect(phone.page.locator("#side h1")).to_contain_text(DEBTOR)
    expect(phone.page.locator(".entry-buttons")).to_be_hidden()


def test_more_leads_to_the_printer(phone: Phone, shop):
    phone.page.add_init_script("window.print = () => { document.title = 'printing' }")
    page = phone.open(f"{shop.home}/more")
    page.click("a[href$='#print']")
    expect(page).to_have_title("printing")
    expect(page.locator("#list .row")).to_have_count(55)
    assert "#" not in page.url


def test_an_entry_prints_without_its_buttons(visit, shop):
    phone = open_owner(visit, shop, 360)
    page = phone.open(shop.account(DEBTOR))
    page.goto(page.locator("article.entry a").first.evaluate("(link) => link.href"))
    expect(page.locator(".entry-details-actions a").first).to_be_visible()
    page.emulate_media(media="print")
    for part in (".entry-details-actions", ".entry-details .form-more", ".grip"):
        expect(page.locator(part).filter(visible=True)).to_have_count(0)
    expect(page.locator(".entry-details .big")).to_be_visible()


def test_the_details_lead_to_the_printer_with_the_whole_account(phone: Phone, shop):
    phone.page.add_init_script("window.print = () => { document.title = 'printing' }")
    page = phone.open(f"{shop.account(DEBTOR)}/edit")
    page.click("a[href$='?rows=all#print']")
    expect(page).to_have_title("printing")
    expect(page.locator("#lines .entry").first).to_be_visible()
