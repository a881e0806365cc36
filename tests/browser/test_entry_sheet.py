"""At the counter: the sheet, its keypad and its refusals; the list; a phone and a wide screen."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import seed
from tests.browser.phone import expect_standing


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.with_something_late))


def amount_of(page: Page) -> str:
    return page.locator("#amount").input_value()


def test_the_keypad_writes_corrects_and_adds_up(phone, shop):
    phone.new_account(shop, "للجمع")
    page = phone.page
    phone.open_sheet()
    assert page.locator("#amount").get_attribute("inputmode") == "none"
    phone.tap_amount("120")
    page.click("[data-key=erase]")
    assert amount_of(page) == "12"
    phone.tap_amount("0+35+50")
    expect(page.locator("[data-sum]")).to_have_text(re.compile(r"120 \+ 35 \+ 50"))
    assert amount_of(page) == "205.00"
    expect(page.locator("[data-words]")).to_have_text("مئتان وخمسة ريالات سعودية")
    expect(page.locator("[data-after]")).to_contain_text("205.00")
    expect(page.locator("[data-confirm-button]")).to_contain_text("للجمع")
    page.click("[data-key='=']")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("205.00")


def test_a_keyboard_of_any_digits_writes_too(phone, shop):
    phone.new_account(shop, "للوحة المفاتيح")
    page = phone.page
    phone.open_sheet()
    page.locator("#amount").focus()
    for key in "١٢٫٥":
        page.keyboard.press(key) if key.isascii() else page.keyboard.insert_text(key)
    expect(page.locator("[data-words]")).to_contain_text("اثنا عشر ريال")
    page.keyboard.press("Enter")
    expect(page.locator("#standing .big")).to_contain_text("12.50")


@pytest.mark.parametrize(
    ("keys", "shown", "refused"),
    [
        ("1.2345", "1.2345", "خانات"),
        ("1,5", "1,5", "الفاصلة"),
        ("-5", "−5", "ناقص"),
        ("1.5.5", "1.5.5", "أرقامًا"),
        ("12 34", "12 34", "أرقامًا"),
        ("12+3,5", "12+3,5", "أرقامًا"),
    ],
)
def test_what_a_keyboard_keys_is_neither_dropped_nor_guessed(phone, shop, keys, shown, refused):
    phone.new_account(shop, f"لوحة {keys}")
    page = phone.page
    phone.open_sheet()
    page.locator("#amount").focus()
    for key in keys:
        page.keyboard.press(key)
    assert amount_of(page) == shown
    page.click("[data-confirm-button]")
    expect(page.locator("#amount-error")).to_contain_text(refused)
    assert amount_of(page) == shown


def test_a_comma_keyed_beside_the_field_counts(phone, shop):
    phone.new_account(shop, "فاصلة بجانب الحقل")
    page = phone.page
    phone.open_sheet()
    page.locator("[name=kind]:checked").focus()
    for key in "1,5":
        page.keyboard.press(key)
    assert amount_of(page) == "1,5"


def test_all_that_is_owed_and_what_of_it_is_late_are_one_tap_away(phone, shop):
    phone.open(shop.account("نورة"))
    page = phone.page
    phone.open_sheet("pay")
    owed, late = (page.locator(f"[data-fill={name}]") for name in ("owed", "late"))
    expect(owed).to_contain_text("كل ما عليه 886.25")
    expect(late).to_contain_text("المتأخر 579.75")
    owed.click()
    assert amount_of(page) == "886.25"
    late.click()
    assert amount_of(page) == "579.75"
    expect(page.locator("[data-after]")).to_contain_text("306.50")
    page.locator("[name=kind][value=debt]").check(force=True)
    expect(owed).to_be_hidden()
    expect(late).to_be_hidden()


def test_what_is_paid_beyond_the_debt_is_said_before_it_is_saved(phone, shop):
    phone.open(shop.account("نورة"))
    page = phone.page
    phone.open_sheet("pay")
    phone.tap_amount("886.25")
    expect(page.locator("[data-overpaid]")).to_be_hidden()
    page.click("[data-key=erase]")
    phone.tap_amount("9")
    expect(page.locator("[data-overpaid]")).to_contain_text("0.04 ر.س أكثر مما عليه")


def test_an_amount_ten_times_the_largest_is_asked_about_once(phone, shop):
    phone.open(shop.account("نورة"))
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("5797.5")
    page.click("[data-confirm-button]")
    asked = page.locator("[data-unusual]")
    expect(asked).to_contain_text("أهو 5,797.50 ر.س حقًّا؟ أكبر مبلغ حتى الآن 579.75 ر.س")
    page.click("[data-key=erase]")
    expect(asked).to_be_hidden()
    phone.tap_amount("5")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("6,683.75")


def test_a_sum_in_the_shops_own_notation_is_added_up_however_it_is_typed(phone, shop):
    phone.new_account(shop, "للجمع كتابة")
    page = phone.page
    phone.open_sheet()
    page.locator("#amount").fill("12+3.5")
    expect(page.locator("[data-words]")).to_contain_text("خمسة عشر")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("15.50")


PLACES = """() => [...document.querySelectorAll('#lines .entry')]
  .map((row) => row.getBoundingClientRect().top)"""


def test_nothing_pushes_the_lines_after_saving_and_nothing_says_there_are_none(phone, shop):
    """However slow the network is: the new line comes on top, and then all stand still."""
    phone.new_account(shop, "ثابت")
    page = phone.page
    held: list[Route] = []
    phone.context.route("**/sync", lambda route: held.append(route), times=1)
    phone.open_sheet()
    phone.tap_amount("7")
    page.click("[data-confirm-button]")
    expect(page.locator("article.entry")).to_have_count(1)
    expect(page.locator("#over")).to_be_hidden()
    expect(page.locator("#lines .empty")).to_be_hidden()
    before = page.evaluate(PLACES)
    expect(page.locator("#quiet-line [data-queue]")).to_have_text("قيد واحد على الهاتف")
    assert page.evaluate(PLACES) == before
    held[0].continue_()
    expect(page.locator("#quiet-line [data-queue]")).to_have_text("وصل قيد واحد إلى الدفتر")
    expect(page.locator("article.entry:not([data-state])")).to_have_count(1)
    expect(page.locator("#receipt")).to_be_visible()
    assert page.evaluate(PLACES) == before
    expect(page.locator("#lines .empty")).to_have_count(0)
    expect(page.locator("#quiet-line [data-queue]")).to_be_hidden()
    assert page.evaluate(PLACES) == before


def test_two_quick_taps_on_confirm_are_one_entry(phone, shop):
    phone.new_account(shop, "نقرتان")
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("7")
    page.locator("[data-confirm-button]").dblclick()
    expect(page.locator("#over")).to_be_hidden()
    expect(page.locator("#standing .big")).to_contain_text("7.00")
    phone.reload()
    expect(page.locator("article.entry")).to_have_count(1)


def test_the_next_entry_begins_while_the_server_still_tells_of_the_last(phone, shop):
    phone.new_account(shop, "متتابع")
    page = phone.page
    held: list[Route] = []
    page.route("**/customers/*?recorded=*", lambda route: held.append(route), times=1)
    phone.open_sheet()
    phone.tap_amount("7")
    with page.expect_request(lambda request: "recorded=" in request.url):
        page.click("[data-confirm-button]")
    expect(page.locator("#over")).to_be_hidden()
    phone.open_sheet()
    phone.tap_amount("8")
    page.click("[data-confirm-button]")
    expect(page.locator("#over")).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#standing .big")).to_contain_text("15.00")
    expect(page.locator("article.entry:not([data-state])")).to_have_count(2)


def test_when_nobody_tells_of_the_line_it_stands_and_is_asked_for_again(phone, shop):
    phone.new_account(shop, "بلا جواب")
    page = phone.page
    account = re.compile(r"/customers/[^/]+\?recorded=")
    page.route(account, lambda route: route.abort())
    phone.open_sheet()
    phone.tap_amount("7")
    with page.expect_event("requestfailed", lambda request: "recorded=" in request.url):
        page.click("[data-confirm-button]")
    expect(page.locator("article.entry")).to_have_count(1)
    page.unroute(account)
    phone.forget("net::ERR_FAILED")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("article.entry:not([data-state])")).to_contain_text("7.00")
    assert page.locator("[data-away]").is_hidden()


def test_a_refusal_stands_beside_its_field_in_the_sheet(phone, shop):
    phone.foreseen.add(422)
    phone.new_account(shop, "للخطأ")
    page = phone.page
    phone.open_sheet()
    page.locator("#amount").fill("1,5")
    page.click("[data-confirm-button]")
    error = page.locator("#over #amount-error")
    expect(error).to_be_visible()
    assert error.get_attribute("data-error") == "amount_ambiguous_separator"
    assert amount_of(page) == "1,5"
    expect(page.locator("#over #amount")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#over [data-keypad]")).to_be_visible()
    page.locator("#amount").fill("1.5")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("1.50")


def test_one_press_is_enough_after_typing_in_another_field(phone, shop):
    """Leaving the field and pressing the button are one movement of the hand."""
    phone.new_account(shop, "بملاحظة")
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("5")
    page.click("[data-part=note]")
    page.locator("#note").press_sequentially("خبز")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("5.00")
    expect(page.locator("article.entry")).to_contain_text("خبز")


def test_escape_the_cross_and_the_way_back_close_the_sheet(phone, shop):
    account = phone.new_account(shop, "للإغلاق")
    page = phone.page
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.click("#over [data-close]"),
        lambda: page.go_back(),
    ):
        phone.open_sheet()
        close()
        expect(page.locator("#over")).to_be_hidden()
        assert urlsplit(page.url).path == account
    expect(page.locator("article.entry")).to_have_count(0)


def test_what_was_just_written_can_be_undone_for_ten_seconds(phone, shop):
    phone.new_account(shop, "للتراجع")
    page = phone.page
    phone.open_sheet()
    phone.tap_amount("9")
    page.click("[data-confirm-button]")
    page.click(".toast[data-undo] button")
    expect(page.locator("#standing .balance-word")).to_have_text("مسدَّد")
    expect(page.locator(".toast[data-undo]")).to_have_count(0)
    expect(page.locator("article.entry")).to_have_count(2)
    phone.open_sheet()
    phone.tap_amount("4")
    page.click("[data-confirm-button]")
    expect(page.locator(".toast[data-undo]")).to_be_visible()
    page.mouse.move(1, 1)
    expect(page.locator(".toast[data-undo]")).to_have_count(0, timeout=12_000)
    expect_standing(page, "عليه 4.00 ر.س")


def test_the_list_narrows_while_the_totals_stay(phone, shop):
    page = phone.open(f"{shop.home}/")
    totals = page.locator("#totals").inner_text()
    everybody = page.locator("#list .row").count()
    assert everybody >= 3
    page.locator("form.search input[type=search]").press_sequentially("فاطمه")
    expect(page.locator("#list .row")).to_have_count(1)
    expect(page.locator("#list .row")).to_contain_text("فاطمة الزهراني")
    assert page.locator("#totals").inner_text() == totals
    page.locator("form.search input[type=search]").fill("")
    expect(page.locator("#list .row")).to_have_count(everybody)
    page.locator("form.search input[type=search]").fill("لا أحد")
    expect(page.locator("#list .empty")).to_be_visible()


def test_the_plus_leads_to_an_entry_with_anybody(phone, shop):
    page = phone.open(f"{shop.home}/")
    page.click("a.new-entry")
    page.wait_for_url("**/entries/new")
    page.click("#list .row:has-text('سالم') a")
    expect(page.locator("#amount")).to_be_visible()
    phone.tap_amount("1")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("97.25")
    assert urlsplit(page.url).path == shop.account("سالم")


def test_a_wide_screen_shows_the_list_and_the_account_side_by_side(visit, shop):
    wide = visit(width=1200, height=800, has_touch=False)
    wide.sign_in_as(shop.token)
    page = wide.open(f"{shop.home}/")
    page.click("#list .row:has-text('فاطمة') a")
    expect(page.locator("#standing .big")).to_contain_text("380.00")
    expect(page.locator("#list")).to_be_visible()
    assert urlsplit(page.url).path == shop.account("فاطمة الزهراني")
    book, side = page.locator("#book").bounding_box(), page.locator("#side").bounding_box()
    assert book
    assert side
    assert book["x"] >= side["x"] + side["width"] - 1, "in Arabic the list stands on the right"
    wide.open_sheet()
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    expect(page.locator("#standing .big")).to_contain_text("400.00")
    expect(page.locator("#list .row:has-text('فاطمة')")).to_contain_text("400.00")
    page.go_back()
    page.reload()
    expect(page.locator("#list")).to_be_visible()


def test_in_arabic_digits_and_in_english(phone, shop):
    """Last, since it changes the shop: one choice of digits, one language for each person."""
    page = phone.open(f"{shop.home}/more/shop")
    page.check("[name=digits][value=arab]", force=True)
    with page.expect_navigation():
        page.click("form.form button[type=submit]")
    account = phone.new_account(shop, "بالأرقام")
    phone.open_sheet()
    assert page.locator("[data-key='7']").inner_text() == "٧"
    phone.tap_amount("12.5")
    assert amount_of(page) == "١٢٫٥"
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("١٢٫٥٠")
    assert not re.search("[0-9]", page.locator("#standing").inner_text())

    page.goto("/account")
    page.check("[name=language][value=en]", force=True)
    with page.expect_navigation():
        page.click("form[action='/account/language'] button")
    page.goto(account)
    assert page.locator("html").get_attribute("dir") == "ltr"
    expect(page.locator("#standing .balance-word")).to_have_text("owes")
    phone.open_sheet()
    phone.tap_amount("2")
    expect(page.locator("[data-words]")).to_contain_text("two Saudi riyals", ignore_case=True)
    page.keyboard.press("Escape")
