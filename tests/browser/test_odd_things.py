"""Odd things on two phones: a cashier takes back too much, the owner hears of it once."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import seed
from tests.browser.looks import assert_it_fits
from tests.browser.phone import Phone

CASHIER = "كريم"


async def with_a_cashier(shop: seed.Shop) -> None:
    await seed.a_few(shop)
    await shop.hire(CASHIER)


@pytest.fixture
def shop(data: Path) -> seed.Shop:
    (shop,) = seed.run(seed.fill(data, with_a_cashier))
    return shop


def write_and_take_back(phone: Phone, account: str) -> None:
    page = phone.open(account)
    phone.open_sheet()
    phone.tap_amount("7")
    page.click("[data-confirm-button]")
    page.click(".toast[data-undo] button")
    expect(page.locator(".toast[data-undo]")).to_have_count(0)
    expect(page.locator("article.entry[data-state=reversed]")).to_have_count(1)
    page.wait_for_load_state("networkidle")


def test_many_reversals_are_told_the_owner_once_and_lead_to_what_he_did(visit, shop):
    owner, karim = visit(), visit()
    owner.sign_in_as(shop.token)
    karim.sign_in_as(shop.staff[CASHIER])

    # she wants to hear of the second one within an hour
    page = owner.open(f"{shop.home}/more/alerts")
    page.click("a[href$='/more/alerts/thresholds']")
    page.fill("[name=many_reversals]", "2")
    page.click("main form button[type=submit]")
    expect(page.locator("div.part[role=status]")).to_be_visible()

    first, second, third = map(shop.account, list(shop.people)[:3])
    write_and_take_back(karim, first)
    page = owner.open(f"{shop.home}/more/alerts")
    expect(page.locator("[data-alert=many_reversals]")).to_have_count(0)
    write_and_take_back(karim, second)
    write_and_take_back(karim, third)
    page = owner.open(f"{shop.home}/more/alerts")
    told = page.locator("[data-alert=many_reversals]")
    expect(told).to_have_count(1)
    expect(told).to_contain_text(CASHIER)
    assert_it_fits(page)

    # it leads to what he took back, and is read then
    told.locator("form[action$='/open'] button").click()
    page.wait_for_url("**/more/activity?*")
    expect(page.locator(".activity-row").first).to_contain_text(CASHIER)
    page = owner.open(f"{shop.home}/more/alerts")
    expect(page.locator("[data-alert=many_reversals]")).to_have_count(1)
    expect(page.locator("[data-alert].unread")).to_have_count(0)

    # he sees neither the alert nor where its threshold is set
    karim.foreseen.add(404)
    karim.open(f"{shop.home}/more/alerts/thresholds")
    expect(karim.page.locator("[data-error=not_found]")).to_be_visible()
