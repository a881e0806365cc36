"""What is written on a page goes into the phone first: it waits, arrives, or comes back."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.browser import seed
from tests.browser.phone import Phone, expect_standing

NO_STORE = """
delete IDBFactory.prototype.databases
IDBFactory.prototype.open = () => { throw new DOMException('', 'QuotaExceededError') }
"""
WAITING = "article.entry[data-state=waiting]"
FAILED = "article.entry[data-state=failed]"


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few, seed.a_few))


def write(phone: Phone, keys: str, kind: str = "debt") -> None:
    phone.open_sheet(kind)
    phone.tap_amount(keys)
    phone.page.click("[data-confirm-button]")
    expect(phone.page.locator("#over")).to_be_hidden()


def cut_off(phone: Phone) -> None:
    phone.is_cut_off = True
    phone.context.route("**/sync", lambda route: route.abort("connectionreset"))


def connect(phone: Phone) -> None:
    phone.context.unroute("**/sync")
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def test_a_server_that_does_not_answer_loses_nothing(phone, shop):
    """The entry stands on the account and waits; when somebody answers it is one entry."""
    phone.new_account(shop, "بلا شبكة")
    page, lost = phone.page, []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch(max_redirects=0).text())
        route.abort("connectionreset")

    phone.is_cut_off = True
    phone.context.route("**/sync", lose_the_answer)
    write(phone, "33")
    expect(page.locator(WAITING)).to_contain_text("33.00")
    expect_standing(page, "عليه 33.00 ر.س")
    expect(page.locator("#quiet-line [data-queue]")).to_have_text("قيد واحد على الهاتف")
    assert lost
    connect(phone)
    expect(page.locator("article.entry:not([data-state])")).to_contain_text("33.00")
    expect(page.locator("#quiet-line [data-queue]")).to_have_text("وصل قيد واحد إلى الدفتر")
    phone.reload()
    expect(page.locator("article.entry")).to_have_count(1)
    expect_standing(page, "عليه 33.00 ر.س")


def test_where_the_phone_keeps_nothing_the_form_goes_to_the_server(phone, shop):
    """No room, or no store at all: the entry is written as it ever was, and once."""
    phone.page.add_init_script(NO_STORE)
    phone.new_account(shop, "بلا مخزن")
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("8")
    page.locator("[data-confirm-button]").dblclick()
    expect(page.locator("#standing .big")).to_contain_text("8.00")
    phone.reload()
    expect(page.locator("article.entry")).to_have_count(1)


def test_what_the_server_refuses_comes_back_on_its_row_and_opens_again(phone, shop):
    """Frozen while the sheet was open: the row says why, and becomes what can be written."""
    account = phone.new_account(shop, "يُجمَّد")
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("60")
    frozen = page.request.post(f"{account}/freeze", headers={"Origin": phone.origin})
    assert frozen.ok
    page.click("[data-confirm-button]")
    row = page.locator(FAILED)
    expect(row.locator(".entry-why")).to_be_visible()
    expect_standing(page, "مسدَّد 0.00 ر.س")
    expect(page.locator("#quiet-line [data-queue]")).to_have_text("قيد واحد يحتاج مراجعتك")
    phone.reload()
    row.locator("[data-action=again]").click()
    expect(page.locator("#over #amount")).to_have_value("60.00")
    expect(page.locator("#over [data-error=customer_frozen]")).to_be_visible()
    page.click("#over [data-part=other]")
    page.check("#over [name=kind][value=opening]", force=True)
    page.click("[data-confirm-button]")
    expect(page.locator("#over [data-error=customer_frozen]")).to_be_visible()
    page.check("#over [name=kind][value=payment]", force=True)
    page.click("[data-confirm-button]")
    expect(page.locator("article.entry:not([data-state])")).to_contain_text("60.00")
    expect_standing(page, "له 60.00 ر.س")
    expect(row).to_have_count(0)


def test_an_id_that_stands_for_something_else_needs_a_look(phone, shop):
    account = phone.new_account(shop, "للتعارض")
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("70")
    id_of_form = page.locator("#over [name=id]").input_value()
    form = {"id": id_of_form, "kind": "debt", "amount": "5"}
    headers = {"Origin": phone.origin}
    assert page.request.post(f"{account}/entries", form=form, headers=headers).ok
    page.click("[data-confirm-button]")
    expect(page.locator(FAILED)).to_contain_text("يحتاج مراجعتك")
    phone.reload()
    expect(page.locator("article.entry")).to_have_count(2)
    page.click(f"{FAILED} [data-action=dismiss]")
    expect(page.locator(FAILED)).to_have_count(1)
    page.click(f"{FAILED} [data-action=dismiss]")
    expect(page.locator(FAILED)).to_have_count(0)
    phone.reload()
    expect_standing(page, "عليه 5.00 ر.س")
    expect(page.locator("article.entry")).to_have_count(1)


def test_a_reversal_waits_too_and_the_balance_knows(phone, shop):
    phone.new_account(shop, "للإلغاء")
    page = phone.page
    write(phone, "40")
    expect(page.locator("article.entry:not([data-state])")).to_have_count(1)
    page.click("article.entry a")
    page.wait_for_selector("#entry-details a[href$='/reversal']")
    page.click("#entry-details a[href$='/reversal']")
    page.wait_for_selector("#reversal")
    cut_off(phone)
    page.fill("[name=reason]", "كُتب مرتين")
    page.click("#reversal button[type=submit]")
    expect(page.locator(WAITING)).to_contain_text("كُتب مرتين")
    expect_standing(page, "مسدَّد 0.00 ر.س")
    connect(phone)
    expect(page.locator("article.entry[data-state=reversed]")).to_have_count(1)
    expect(page.locator("#lines")).to_contain_text("كُتب مرتين")
    expect_standing(page, "مسدَّد 0.00 ر.س")


def test_a_new_customer_is_judged_beside_the_field_and_asked_about_his_name(phone, shop):
    page = phone.open(f"{shop.home}/customers/new")
    page.wait_for_load_state("networkidle")
    page.click("#customer-form [type=submit]")
    expect(page.locator("#name-error[data-error=name_missing]")).to_be_visible()
    page.fill("[name=name]", "فاطمه الزهراني")
    page.fill("[name=phone]", "12")
    page.click("#customer-form [type=submit]")
    expect(page.locator("#phone-error[data-error=phone_not_a_phone]")).to_be_visible()
    assert page.locator("[name=name]").input_value() == "فاطمه الزهراني"
    page.fill("[name=phone]", "")
    page.click(".form-more > summary")
    page.fill("[name=email]", "abu")
    page.click("#customer-form [type=submit]")
    expect(page.locator("#email-error[data-error=email_not_an_email]")).to_be_visible()
    page.fill("[name=email]", "")
    page.click("#customer-form [type=submit]")
    expect(page.locator("[data-error=same_name]")).to_be_visible()
    expect(page.locator("#customer-form .row")).to_contain_text("فاطمة الزهراني")
    page.click("#customer-form [type=submit]")
    page.wait_for_url(re.compile(r"/customers/[0-9a-f-]{36}$"))
    assert urlsplit(page.url).path != shop.account("فاطمة الزهراني")
    expect_standing(page, "مسدَّد 0.00 ر.س")


def test_the_sheet_as_a_page_of_its_own_leads_to_the_account(phone, shop):
    account = phone.new_account(shop, "صفحة وحدها")
    page = phone.open(f"{account}/entries/new?kind=payment")
    page.wait_for_load_state("networkidle")
    phone.tap_amount("3")
    page.click("[data-confirm-button]")
    page.wait_for_url(re.compile(r"recorded="))
    expect_standing(page, "له 3.00 ر.س")
    expect(page.locator(".toast[data-undo]")).to_be_visible()


def test_the_phones_page_tells_what_waits_and_saves_it_as_a_file(phone, shop):
    phone.new_account(shop, "للملف")
    page = phone.page
    cut_off(phone)
    write(phone, "12.5")
    phone.open(f"{shop.home}/more/phone")
    expect(page.locator("[data-waiting] li")).to_contain_text("12.50")
    page.click("[data-send]")
    expect(page.locator("[data-trouble=unheard]")).to_be_visible()
    with page.expect_download() as saved:
        page.click("[data-export]")
    text = Path(saved.value.path()).read_text(encoding="utf-8-sig")
    assert "للملف" in text
    assert "12.50" in text
    phone.context.unroute("**/sync")
    page.click("[data-send]")
    expect(page.locator("[data-when=empty]")).to_be_visible()
    expect(page.locator("[data-trouble=unheard]")).to_be_hidden()


def test_who_signs_out_with_unsent_entries_is_asked_twice_then_all_is_gone(visit, written):
    """In the other tab too."""
    shop = written[1]
    phone = visit()
    phone.sign_in_as(shop.token)
    page = phone.open(shop.account("سالم"))
    page.wait_for_load_state("networkidle")
    cut_off(phone)
    write(phone, "9")
    other = phone.context.new_page()
    other.goto(shop.account("سالم"))
    expect(other.locator(WAITING)).to_have_count(1)
    phone.open(f"{shop.home}/more")
    page.click("form[data-signout] button")
    page.click("#leave-sheet [data-send]")
    expect(page.locator("#leave-sheet [data-still]")).to_be_visible()
    page.click("#leave-sheet [data-give-up]")
    expect(page.locator("#leave-sheet [data-give-up]")).to_contain_text("متأكد؟")
    page.click("#leave-sheet [data-give-up]")
    page.wait_for_url(f"{phone.origin}/")
    other.wait_for_url(f"{phone.origin}/")
    for tab in (page, other):
        assert tab.evaluate("indexedDB.databases()") == []
        assert tab.evaluate("caches.keys()") == []
    phone.open(shop.account("سالم"))
    assert urlsplit(page.url).path == "/signin"
