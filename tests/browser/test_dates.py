"""Days agreed on, by thumb: named days on the sheet, a promise, a plan of instalments."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from daftari.kernel.calendar import after_the_feast
from tests.browser import seed
from tests.browser.phone import Phone, expect_standing

SALIM = "سالم"


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


@pytest.fixture
def without_script(visit, shop: seed.Shop) -> Phone:
    made = visit(java_script_enabled=False)
    made.sign_in_as(shop.token)
    return made


def due_on(page: Page) -> str:
    return page.locator("#due_on").input_value()


def chip(page: Page, words: str):
    return page.locator(f".days-row .chip:has-text('{words}')")


def test_a_named_day_fills_the_date_in_and_a_typed_one_leaves_it(phone, shop):
    page = phone.open(shop.account(SALIM))
    phone.open_sheet()
    phone.tap_amount("7")
    page.click("[data-part=due_on]")
    chip(page, "بعد العيد").click()
    assert due_on(page) == str(after_the_feast(shop.today, shop.member.shop.weekend))
    expect(page.locator("[data-part=due_on]")).to_have_attribute("data-filled", "")
    chip(page, "كالمعتاد").click()
    assert due_on(page) == ""
    in_a_week = str(shop.today + timedelta(days=7))
    page.fill("#due_on", in_a_week)
    expect(chip(page, "بعد أسبوع").locator("input")).to_be_checked()
    page.fill("#due_on", str(shop.today + timedelta(days=400)))
    expect(page.locator(".days-row input:checked")).to_have_count(0)
    chip(page, "بعد أسبوع").click()
    page.click("[data-confirm-button]")
    expect(page.locator("#over")).to_be_hidden()
    expect(page.locator("article.entry").first).to_contain_text("يستحق")


def test_a_payment_asks_for_no_day(phone, shop):
    page = phone.open(shop.account(SALIM))
    phone.open_sheet()
    page.click("[data-part=due_on]")
    chip(page, "بعد أسبوع").click()
    page.click("label:has-text('أخذت')")
    expect(chip(page, "بعد أسبوع")).to_be_hidden()
    expect(page.locator(".days-row input:enabled")).to_have_count(0)


def test_a_promise_slides_over_the_due_list_and_stands_in_it(phone, shop):
    page = phone.open(f"{shop.account(SALIM)}")
    phone.open_sheet()
    phone.tap_amount("9")
    page.click("[data-part=due_on]")
    page.fill("#due_on", str(shop.today))
    page.click("[data-confirm-button]")
    expect(page.locator("article.entry:not([data-state])").first).to_contain_text("9.00")
    page.goto(f"{shop.home}/due")
    row = page.locator(f".due-row:has-text('{SALIM}')")
    row.locator("a[href*='/promises/new']").click()
    expect(page.locator("#over #promise")).to_be_visible()
    phone.foreseen.add(422)
    page.click("#promise button[type=submit]")
    expect(page.locator("#over #promised_on-error")).to_be_visible()
    chip(page, "غدًا").click()
    page.click("#promise button[type=submit]")
    expect(page.locator("#over")).to_be_hidden()
    expect(row).to_contain_text("وعد بالسداد غدًا")


def test_a_plan_is_seen_while_it_is_typed_and_then_written(phone, shop):
    account = shop.account("أبو علي")
    page = phone.open(account)
    page.click("#contact-actions a:has-text('المواعيد')")
    page.click("a:has-text('بيع بالتقسيط')")
    page.fill("#note", "ثلاجة")
    page.fill("#amount", "1000")
    page.fill("#count", "3")
    expect(page.locator("#preview .date")).to_have_count(0)
    chip(page, "بعد أسبوع").click()
    amounts = page.locator("#preview .date-amount")
    expect(amounts).to_have_text(["333.00", "333.00", "334.00"])
    page.fill("#count", "4")
    expect(amounts).to_have_text(["250.00"] * 4)
    page.click("#preview button[type=submit]")
    page.wait_for_url("**/plans/*")
    expect(page.locator("#instalments .date.ahead")).to_have_count(4)
    page.click("a:has-text('خذ قسطًا')")
    expect(page.locator("#over #amount")).to_have_value("250.00")
    page.click("[data-confirm-button]")
    page.wait_for_selector("#standing")
    expect_standing(page, "عليه 750.00 ر.س")
    page.click("#contact-actions a:has-text('المواعيد')")
    page.click(".menu a:has-text('ثلاجة')")
    expect(page.locator("#instalments .date.paid")).to_have_count(1)
    assert page.locator("progress").evaluate("it => it.position") == 0.25


def test_what_is_typed_while_an_answer_is_on_its_way_is_seen_too(phone, shop):
    page = phone.open(f"{shop.account(SALIM)}/plans/new")
    held: list[Route] = []
    page.route("**/preview", lambda it: it.continue_() if held else held.append(it))
    with page.expect_request("**/preview"):
        page.fill("#amount", "1000")
    page.fill("#count", "3")
    chip(page, "بعد أسبوع").click()
    held[0].continue_()
    expect(page.locator("#preview .date-amount")).to_have_text(["333.00", "333.00", "334.00"])


def test_the_same_without_a_script(without_script, shop):
    page = without_script.open(shop.account("فاطمة الزهراني"))
    page.click(".entry-buttons a >> nth=0")
    page.fill("#amount", "5")
    page.click("details summary >> text=المزيد")
    chip(page, "بعد أسبوع").click()
    page.click("[data-confirm-button]")
    expect(page.locator("article.entry").first).to_contain_text("يستحق")
    page.click("#contact-actions a:has-text('المواعيد')")
    page.click("a:has-text('سجّل وعدًا')")
    chip(page, "غدًا").click()
    page.click("#promise button[type=submit]")
    expect(page.locator(".promise-open")).to_be_visible()
    page.click("a:has-text('بيع بالتقسيط')")
    page.fill("#amount", "100")
    page.fill("#each", "30")
    chip(page, "بعد العيد").click()
    page.click("[formaction]")
    expect(page.locator("#preview .date-amount")).to_have_text(["30.00"] * 3 + ["10.00"])
    page.click("#preview button[type=submit]")
    expect(page.locator("#instalments .date")).to_have_count(4)
