"""A debt of dollars is paid in riyals: on the sheet, in its row, on its page, in its correction."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from daftari.ledger.rules.kinds import Kind
from tests.browser import seed

PICTURES = Path(os.environ.get("LOOK", "/nonexistent"))
NAMES = ("أبو علي", "سالم", "مها", "نورة", "طارق", "هدى")


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, dollars))


async def dollars(shop: seed.Shop) -> None:
    for name in NAMES:
        await shop.add(name)
        await shop.entry(name, Kind.DEBT, 10000, currency="USD", days_ago=3)


def look(page: Page, name: str) -> None:
    if PICTURES.exists():
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")


def line(page: Page):
    return page.locator("#over [data-exchange-line]")


def test_what_was_typed_in_riyals_pays_a_debt_of_dollars(phone, shop):
    page = phone.open(f"{shop.home}/more/rates")
    page.fill("#rate_USD", "3.75")
    page.click("form.card button[type=submit]")
    expect(page.locator(".toast")).to_contain_text("حُفظ")
    phone.open(shop.account("أبو علي"))
    phone.open_sheet("pay")
    look(page, "1-payment")
    phone.tap_amount("375")
    hint = page.locator("#over [data-exchange-hint]")
    expect(hint).to_contain_text("عليه 100.00 $")
    look(page, "2-hint")
    hint.click()
    expect(page.locator("#over #paid_amount")).to_have_value("375")
    expect(page.locator("#over #paid_currency")).to_have_value("SAR")
    expect(page.locator("#over #currency")).to_have_value("USD")
    expect(page.locator("#over #amount")).to_have_value("")
    expect(line(page)).to_be_hidden()
    look(page, "3-opened")
    page.click("#over [data-proposal] button")
    expect(line(page)).to_have_text("100.00 $ = 375.00 ر.س، ينقص دَينه 100.00 $")
    expect(page.locator("#over [data-after]")).to_contain_text("مسدَّد")
    expect(page.locator("#over [data-confirm-button]")).to_contain_text("100.00 $")
    look(page, "4-told")
    page.click("#over [data-confirm-button]")
    row = page.locator("#lines article.entry").first
    expect(row).to_contain_text("دُفع 375.00 ر.س بسعر 3.75")
    expect(row).to_contain_text("100.00")
    phone.reload()
    expect(row).to_contain_text("دُفع 375.00 ر.س بسعر 3.75")
    look(page, "5-account")
    row.locator("a").click()
    expect(page.locator("#over [data-fact=exchange]")).to_contain_text("1 $ = 3.75 ر.س")
    look(page, "6-entry")


def test_three_taps_are_enough_for_who_pays_in_the_currency_of_the_debt(phone, shop):
    phone.open(shop.account("سالم"))
    phone.open_sheet("pay")
    page = phone.page
    expect(page.locator("#over #paid_amount")).to_be_hidden()
    page.click("#over [data-part=currency]")
    page.locator("#over #currency").select_option("USD")
    expect(page.locator("#over [data-exchange-hint]")).to_be_hidden()
    phone.tap_amount("40")
    page.click("#over [data-part=paid_currency]")
    expect(page.locator("#over #paid_currency")).to_have_value("SAR")
    page.click("#over [data-part=paid_currency]")
    page.click("#over [data-confirm-button]")
    row = page.locator("#lines article.entry").first
    expect(row).to_contain_text("40.00")
    expect(row).not_to_contain_text("دُفع")


@pytest.mark.parametrize(
    ("paid", "rate", "field", "words"),
    [
        ("375", "0", "rate", "السعر أكبر من صفر"),
        ("375", "-3.75", "rate", "السعر أكبر من صفر"),
        ("375", "3.750000000001", "rate", "8"),
        ("375", "9999999999", "rate", "أكبر من أن"),
        ("", "3.75", "paid_amount", "المبلغ"),
        ("", "", "paid_amount", "المبلغ"),
        ("0", "3.75", "paid_amount", "صفر"),
    ],
)
def test_what_is_typed_wrong_is_refused_beside_its_field(phone, shop, paid, rate, field, words):
    page = phone.page
    phone.open(shop.account("مها"))
    phone.open_sheet("pay")
    page.click("#over [data-part=paid_currency]")
    page.fill("#over #paid_amount", paid)
    page.fill("#over #rate", rate)
    if not paid:
        page.fill("#over #amount", "40" if not rate else "0.01")
        page.fill("#over #rate", "0.1" if rate else "")
    page.click("#over [data-confirm-button]")
    error = page.locator(f"#over #{field}-error")
    expect(error).to_be_visible()
    expect(error).to_contain_text(words)
    expect(page.locator("#over #paid_amount")).to_have_value(paid)


def test_three_that_disagree_are_told_while_typed_and_refused(phone, shop):
    page = phone.page
    phone.open(shop.account("نورة"))
    phone.open_sheet("pay")
    page.click("#over [data-part=currency]")
    page.locator("#over #currency").select_option("USD")
    phone.tap_amount("100")
    page.click("#over [data-part=paid_currency]")
    page.fill("#over #paid_amount", "375")
    page.fill("#over #rate", "3.80")
    expect(line(page)).to_contain_text("لا يوافقان")
    page.click("#over [data-confirm-button]")
    expect(page.locator("#over #rate-error")).to_contain_text("لا يوافقان")
    look(page, "7-disagree")
    page.fill("#over #rate", "")
    expect(line(page)).to_contain_text("ينقص دَينه 100.00 $")
    page.click("#over [data-confirm-button]")
    row = page.locator("#lines article.entry").first
    expect(row).to_contain_text("بسعر 3.75")


def test_a_correction_shows_and_changes_what_was_handed_over(phone, shop):
    page = phone.page
    phone.open(shop.account("طارق"))
    phone.open_sheet("pay")
    page.click("#over [data-part=paid_currency]")
    page.fill("#over #paid_amount", "150")
    page.fill("#over #rate", "3.75")
    page.click("#over [data-confirm-button]")
    row = page.locator("#lines article.entry").first
    expect(row).to_contain_text("دُفع 150.00 ر.س بسعر 3.75")
    expect(row).not_to_have_attribute("data-state", "waiting")
    row.locator("a").click()
    page.click("#over .entry-details-actions a[href$='/correction']")
    expect(page.locator("#over #paid_amount")).to_have_value("150.00")
    expect(line(page)).to_have_text("40.00 $ = 150.00 ر.س، ينقص دَينه 40.00 $")
    look(page, "8-correction")
    page.fill("#over #amount", "20")
    expect(line(page)).to_have_text("20.00 $ = 75.00 ر.س، ينقص دَينه 20.00 $")
    page.fill("#over #paid_amount", "90")
    page.fill("#over #rate", "4")
    expect(line(page)).to_contain_text("لا يوافقان")
    phone.foreseen.add(422)
    page.click("#over #correction [type=submit]")
    expect(page.locator("#over #rate-error")).to_contain_text("لا يوافقان")
    page.fill("#over #paid_amount", "150")
    page.fill("#over #rate", "3.75")
    page.click("#over #correction [type=submit]")
    expect(row).to_contain_text("دُفع 75.00 ر.س بسعر 3.75")


def test_without_a_script_it_is_a_plain_form(visit, shop):
    phone = visit(java_script_enabled=False)
    phone.sign_in_as(shop.token)
    page = phone.open(f"{shop.account('هدى')}/entries/new?kind=payment")
    page.click("details.form-more > summary")
    page.select_option("#currency", "USD")
    page.fill("#paid_amount", "375")
    page.select_option("#paid_currency", "SAR")
    page.fill("#rate", "0")
    look(page, "9-plain")
    phone.foreseen.add(422)
    page.click("[data-main]")
    look(page, "10-plain")
    expect(page.locator("#rate-error")).to_contain_text("أكبر من صفر")
    expect(page.locator("#paid_amount")).to_have_value("375")
    page.fill("#rate", "3.75")
    page.click("[data-main]")
    expect(page.locator("#lines article.entry").first).to_contain_text("دُفع 375.00 ر.س بسعر 3.75")
