"""Branches: the owner adds one, its cashier sells there and sees that one alone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed

KEPT = os.environ.get("BRANCH_PICTURES", "")


async def with_karim(shop: seed.Shop) -> None:
    await seed.with_something_late(shop)
    await shop.hire("كريم")


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, with_karim))


def keep(page: Page, name: str) -> None:
    """A picture of the page in both themes, where somebody wants to look at it."""
    if not KEPT:
        return
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_timeout(300)
        page.screenshot(path=f"{KEPT}/{name}-{theme}.png")
    page.emulate_media(color_scheme="light")


def test_the_cashier_of_a_branch_sells_and_sees_it_alone(visit, shop: seed.Shop):
    owner = visit()
    owner.sign_in_as(shop.token)
    page = owner.open(f"{shop.home}/")
    assert "فرع" not in page.content()
    page = owner.open(f"{shop.home}/more")
    page.get_by_role("link", name="الفروع").click()
    expect(page.get_by_text("محل واحد في مكان واحد")).to_be_visible()
    keep(page, "branches-none")
    page.fill("[name=name]", "السوق")
    page.get_by_role("button", name="أضف الفرع").click()
    expect(page.locator("main .menu-item")).to_have_count(2)
    keep(page, "branches")
    page.get_by_role("link", name="السوق").click()
    expect(page.get_by_role("button", name="أغلق الفرع")).to_be_visible()
    keep(page, "branch")

    page = owner.open(f"{shop.home}/more/people")
    page.get_by_role("link", name="كريم").click()
    page.get_by_role("radio", name="السوق").check()
    keep(page, "member-branch")
    page.get_by_role("button", name="احفظ الفرع").click()
    expect(page.get_by_role("radio", name="السوق")).to_be_checked()

    karim = visit()
    karim.sign_in_as(shop.staff["كريم"])
    page = karim.open(f"{shop.home}/")
    expect(page.locator("#branches")).to_contain_text("السوق")
    expect(page.locator("#branches summary")).to_have_count(0)
    page = karim.open(shop.account("سالم"))
    expect(page.locator("#standing")).to_contain_text("96.25")
    expect(page.locator("[id^=entry-]")).to_have_count(0)
    page.get_by_role("link", name="أعطيت").click()
    expect(page.locator("#sheet h2 small")).to_contain_text("السوق")
    keep(page, "sheet-branch")
    page.fill("#sheet [name=amount]", "3.75")
    page.locator("#sheet [data-main]").click()
    expect(page.locator("#standing")).to_contain_text("100.00")
    expect(page.locator("main [id^=entry-]:not([hidden])").first).to_contain_text("3.75")
    keep(page, "account-of-branch")

    page = owner.open(f"{shop.home}/")
    expect(page.locator("#branches summary")).to_have_count(2)
    page.locator("#branches summary").nth(1).click()
    keep(page, "book-choice")
    page.get_by_role("link", name="السوق").click()
    expect(page).to_have_url(re.compile(r"\?branch="))
    expect(page.locator("#list .row")).to_have_count(1)
    expect(page.locator("[data-branch-sums]")).to_contain_text("3.75")
    keep(page, "book-of-branch")
    page.locator("#branches summary").first.click()
    page.get_by_role("button", name="السوق").click()
    expect(page.locator("#branches summary").first).to_contain_text("السوق")
    page = owner.open(shop.account("سالم"))
    expect(page.locator("[data-branch-sums]")).to_contain_text("السوق")
    keep(page, "account-all")
    page = owner.open(f"{shop.home}/due")
    expect(page.locator("#branches")).to_be_visible()
    keep(page, "due-all")
