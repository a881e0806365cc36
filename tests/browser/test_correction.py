"""A mistake put right on the account: one line in its place, marked."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import seed
from tests.browser.phone import expect_standing


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_few))


def test_a_row_leads_to_its_entry_and_the_entry_to_its_correction(phone, shop):
    page = phone.open(shop.account("سالم"))
    page.wait_for_load_state("networkidle")
    page.click("article.entry a")
    page.click("#over #entry-details a[href$='/correction']")
    expect(page.locator("#over #correction [name=amount]")).to_have_value("96.25")
    page.fill("#correction [name=amount]", "69.25")
    page.fill("#correction [name=note]", "سكر")
    page.click("#correction [type=submit]")
    expect(page.locator("#over")).to_be_hidden()
    expect_standing(page, "عليه 69.25 ر.س")
    expect(page.locator("article.entry")).to_have_count(1)
    expect(page.locator("article.entry")).to_contain_text("صُحِّح")
    page.click("article.entry a")
    expect(page.locator("#entry-details [data-version]")).to_contain_text("96.25")


def test_without_a_script_the_correction_is_a_page_of_its_own(visit, shop):
    phone = visit(java_script_enabled=False)
    phone.sign_in_as(shop.token)
    page = phone.open(shop.account("فاطمة الزهراني"))
    page.click("article.entry a")
    page.click("#entry-details a[href$='/correction']")
    page.fill("#correction [name=amount]", "370.00")
    page.click("#correction [type=submit]")
    expect_standing(page, "عليه 370.00 ر.س")
    expect(page.locator("article.entry")).to_have_count(1)
