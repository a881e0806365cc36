"""Goods of a debt: rows on the sheet, what is sold often, the entry's page, its correction."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from daftari.ledger.rules.goods import GoodsRow
from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.phone import expect_standing

PICTURES = Path(os.environ.get("LOOK", "/nonexistent"))
NAMES = ("أبو علي", "سالم", "مها", "نورة", "طارق", "هدى")
ROW = "#over [data-goods-row]"
LOADED = "() => performance.getEntriesByType('resource').map(({ name }) => name)"


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, groceries))


async def groceries(shop: seed.Shop) -> None:
    for name in NAMES:
        await shop.add(name)
    sugar, tea = GoodsRow("سكر", 2000, 600), GoodsRow("شاي أحمر", 1000, 1250)
    await shop.entry("نورة", Kind.DEBT, 2450, goods=(sugar, tea), days_ago=3)
    await shop.entry("طارق", Kind.DEBT, 625, goods=(GoodsRow("سكر", 1000, 625),))


def look(page: Page, name: str) -> None:
    if PICTURES.exists():
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURES / f"{name}.png")


def type_row(page: Page, number: int, name: str, quantity: str, price: str) -> None:
    for field, text in (("name", name), ("quantity", quantity), ("price", price)):
        page.fill(f"#over #goods_{field}_{number}", text)


def open_goods(phone, shop, name: str) -> Page:
    phone.open(shop.account(name))
    phone.open_sheet()
    phone.page.click("#over [data-part=goods]")
    expect(phone.page.locator("#over [data-goods-more]")).to_be_visible()
    return phone.page


def goods_told(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(".goods-list li").all_inner_texts()]


def test_rows_add_up_to_the_amount_and_stand_on_the_entrys_page(phone, shop):
    page = open_goods(phone, shop, "أبو علي")
    amount = page.locator("#over #amount")
    look(page, "1-no-row")
    type_row(page, 1, "أرز", "1.5", "6.25")
    expect(amount).to_have_value("9.38")
    expect(amount).not_to_be_editable()
    expect(page.locator("#over [data-amount-of-goods]")).to_be_visible()
    expect(page.locator(f"{ROW} output").first).to_have_text("= 9.38")
    look(page, "2-one-row")
    page.click("#over [data-goods-more]")
    type_row(page, 2, "خبز", "", "2")
    expect(amount).to_have_value("11.38")
    expect(page.locator("#over [data-confirm-button]")).to_contain_text("11.38")
    page.click("#over [data-goods-more]")
    type_row(page, 3, "ملح", "2", "")
    page.click("#over [data-confirm-button]")
    expect(page.locator("#over #goods_price_3-error")).to_be_visible()
    look(page, "3-refused")
    page.locator(ROW).nth(2).locator("[data-goods-off]").click()
    expect(page.locator(ROW)).to_have_count(2)
    page.click("#over [data-confirm-button]")
    row = page.locator("#lines article.entry").first
    expect(row).to_contain_text("11.38")
    expect(row).not_to_contain_text("أرز")
    expect_standing(page, "عليه 11.38 ر.س")
    phone.reload()
    row.locator("a").click()
    expect(page.locator("#over .goods-list li")).to_have_count(2)
    assert goods_told(page) == ["أرز 1.5 × 6.25 9.38", "خبز 1 × 2.00 2.00"]
    look(page, "4-entry")


def test_what_is_sold_often_is_one_tap_away_with_its_last_price(phone, shop):
    page = open_goods(phone, shop, "سالم")
    frequent = page.locator("#over [data-goods-frequent] .chip")
    expect(frequent.first).to_contain_text("سكر 6.25")
    look(page, "5-frequent")
    frequent.first.click()
    expect(page.locator("#over #amount")).to_have_value("6.25")
    frequent.first.click()
    expect(page.locator(ROW)).to_have_count(1)
    expect(page.locator("#over #goods_quantity_1")).to_have_value("2")
    frequent.filter(has_text="شاي أحمر").click()
    expect(page.locator(ROW)).to_have_count(2)
    expect(page.locator("#over #amount")).to_have_value("25.00")
    look(page, "6-tapped")
    page.click("#over [data-confirm-button]")
    expect_standing(page, "عليه 25.00 ر.س")


def test_three_taps_are_enough_for_who_has_no_goods_and_nothing_is_fetched_for_them(phone, shop):
    phone.open(shop.account("مها"))
    phone.open_sheet()
    page = phone.page
    expect(page.locator("#over [data-goods]")).to_be_hidden()
    phone.tap_amount("5")
    assert not [name for name in page.evaluate(LOADED) if "goods-sheet" in name]
    page.click("#over [data-confirm-button]")
    expect_standing(page, "عليه 5.00 ر.س")


def test_an_amount_typed_before_the_goods_comes_back_when_they_go(phone, shop):
    phone.open(shop.account("هدى"))
    phone.open_sheet()
    page, amount = phone.page, phone.page.locator("#over #amount")
    phone.tap_amount("40")
    page.click("#over [data-part=goods]")
    expect(page.locator("#over [data-goods-more]")).to_be_visible()
    type_row(page, 1, "أرز", "2", "3")
    expect(amount).to_have_value("6.00")
    page.locator("#over [name=kind][value=payment]").check(force=True)
    expect(amount).to_have_value("40")
    expect(page.locator("#over [data-goods]")).to_be_hidden()
    page.locator("#over [name=kind][value=debt]").check(force=True)
    expect(amount).to_have_value("6.00")
    page.locator("#over [data-goods-off]").click()
    expect(amount).to_have_value("40")
    expect(amount).to_be_editable()
    page.click("#over [data-part=goods]")
    page.click("#over #amount")
    phone.tap_amount(".5")
    page.click("#over [data-confirm-button]")
    expect_standing(page, "عليه 40.50 ر.س")


def test_a_correction_changes_the_goods_and_the_amount_follows(phone, shop):
    phone.open(shop.account("نورة"))
    page = phone.page
    page.locator("#lines article.entry a").first.click()
    page.click("#over .entry-details-actions a[href$='/correction']")
    form = page.locator("#over #correction")
    expect(form.locator("#amount")).to_have_value("24.50")
    expect(form.locator("#amount")).not_to_be_editable()
    expect(form.locator("[data-goods-more]")).to_be_visible()
    look(page, "7-correction")
    form.locator("#goods_quantity_1").fill("3")
    expect(form.locator("#amount")).to_have_value("30.50")
    form.locator("button[type=submit]").click()
    expect_standing(page, "عليه 30.50 ر.س")
    page.locator("#lines article.entry a").first.click()
    expect(page.locator("#over .goods-list")).to_contain_text("3 × 6.00")


def test_without_a_script_a_few_rows_are_filled_in_and_a_refusal_loses_none(visit, shop):
    phone = visit(java_script_enabled=False)
    phone.sign_in_as(shop.token)
    phone.foreseen.add(422)
    page = phone.open(f"{shop.account('طارق')}/entries/new")
    page.click("details summary >> text=المزيد")
    expect(page.locator("[data-goods-row]")).to_have_count(5)
    page.fill("#goods_name_1", "أرز")
    page.fill("#goods_quantity_1", "٢")
    page.fill("#goods_price_1", "5")
    page.fill("#goods_name_2", "خبز")
    look(page, "8-plain")
    page.click("[data-confirm-button]")
    expect(page.locator("#goods_price_2-error")).to_be_visible()
    expect(page.locator("#goods_quantity_1")).to_have_value("٢")
    page.fill("#goods_price_2", "1.5")
    page.click("[data-confirm-button]")
    expect_standing(page, "عليه 17.75 ر.س")
