"""The credit limit on the sheet: dollars by the owner's rate, and what is not counted."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, a_limit))


async def a_limit(shop: seed.Shop) -> None:
    await shop.add("أبو علي", credit_limit_minor=100000)
    await shop.add("لا دَين له", credit_limit_minor=0)


def choose(page: Page, currency: str) -> None:
    page.locator("#over #currency").select_option(currency)


def test_the_sheet_counts_dollars_by_the_rate_and_says_what_it_does_not_count(phone, shop):
    page = phone.open(f"{shop.home}/more/rates")
    page.fill("#rate_USD", "3.75")
    page.click("form.card button[type=submit]")
    expect(page.locator(".toast")).to_contain_text("حُفظ")
    phone.open(shop.account("أبو علي"))
    phone.open_sheet()
    warning, uncounted = [
        page.locator(f"#over [data-limit-{name}]") for name in ("warning", "uncounted")
    ]
    phone.tap_amount("266")
    page.click("[data-part=currency]")
    choose(page, "USD")
    expect(warning).to_be_hidden()
    expect(uncounted).to_be_hidden()
    phone.tap_amount("+1")
    expect(warning).to_be_visible()
    choose(page, "EUR")
    expect(warning).to_be_hidden()
    expect(uncounted).to_be_visible()
    page.click("label:has-text('أخذت')")
    expect(uncounted).to_be_hidden()


def test_a_limit_of_nothing_warns_of_every_debt(phone, shop):
    page = phone.open(shop.account("لا دَين له"))
    expect(page.locator("#standing [data-tag=no-debt]")).to_be_visible()
    phone.open_sheet()
    phone.tap_amount("1")
    expect(page.locator("#over [data-limit-warning]")).to_be_visible()
    page.click("[data-part=currency]")
    choose(page, "EUR")
    expect(page.locator("#over [data-limit-warning]")).to_be_visible()
