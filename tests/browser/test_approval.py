"""Two phones: Karim asks for what he may not write alone, Umm Salim answers from her own."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.hand import carry
from tests.browser.phone import Phone, expect_standing

CONFIRM = "#over [data-confirm-button]"


@pytest.fixture
def hers(visit: Any) -> Phone:
    """Umm Salim's phone: her shop, and Abu Ali with a limit of 100."""
    phone: Phone = visit()
    phone.authenticator()
    phone.signup()
    home = re.sub(r".*(/s/[0-9a-f-]+)/.*", r"\1", phone.page.url)
    phone.open(f"{home}/customers/new")
    phone.add("أبو علي", credit_limit="100")
    return phone


@pytest.fixture
def his(visit: Any, hers: Phone) -> Phone:
    """Karim's phone: he came in by an invitation, with a passkey of his own."""
    page = hers.open(f"{home_of(hers)}/more/people/invitations")
    page.fill("[name=name]", "كريم")
    page.check("[name=role][value=cashier]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/invitations/*")
    link = re.search(r"/join/[\w.-]+", page.content())
    assert link
    phone: Phone = visit()
    phone.authenticator()
    phone.open(link[0])
    phone.page.click("form[data-passkey=create] button")
    phone.page.wait_for_url("**/s/*/")
    return phone


def home_of(phone: Phone) -> str:
    return re.sub(r".*(/s/[0-9a-f-]+)/.*", r"\1", phone.page.url)


def open_account(phone: Phone) -> Page:
    phone.open(f"{home_of(phone)}/")
    phone.page.click("#list .row a")
    expect(phone.page.locator("#standing")).to_be_visible()
    return phone.page


def ask(phone: Phone, amount: str = "150") -> Page:
    """One tap beyond what writing takes: the button says that it asks."""
    page = open_account(phone)
    phone.open_sheet()
    phone.tap_amount(amount)
    expect(page.locator("#over [data-asks]")).to_be_visible()
    expect(page.locator(CONFIRM)).to_contain_text("اطلب الموافقة")
    page.click(CONFIRM)
    expect(page.locator(".approval")).to_have_count(1)
    return page


def test_asked_from_one_phone_and_approved_on_the_other(his: Phone, hers: Phone):
    page = ask(his)
    expect(page.locator(".approval")).to_contain_text("ينتظر موافقة")
    expect(page.locator("#lines .entry")).to_have_count(0)
    expect(page.locator("#standing .big .money")).to_have_text(re.compile(r"^0"))
    mine = hers.open(f"{home_of(hers)}/")
    expect(mine.locator(".bottom-bar a[href$='/more'] .count")).to_contain_text("1")
    mine.click(".bottom-bar a[href$='/more']")
    mine.click("a[href$='/more/approvals']")
    mine.click(".approval a")
    expect(mine.locator(".approval-of")).to_contain_text("100.00")
    mine.click(".approval-answers a.pay")
    mine.click("main form button[type=submit]")
    expect(mine.locator(".approval-of [data-state=approved]")).to_be_visible()
    page = open_account(his)
    expect_standing(page, "عليه 150.00")
    expect(page.locator(".approval")).to_have_count(0)
    page.click("#lines .entry a")
    expect(page.locator("[data-fact=approved]")).to_contain_text("أم سليم")


def test_asked_without_a_network_it_waits_on_the_phone_as_a_request(his: Phone, hers: Phone):
    page = open_account(his)
    carry(page)
    his.open_sheet()
    his.is_cut_off = True
    his.context.set_offline(True)
    his.tap_amount("150")
    page.click(CONFIRM)
    row = page.locator("#lines .entry[data-state=waiting]")
    expect(row).to_contain_text("يطلب موافقة")
    expect(page.locator("#standing .big .money")).to_have_text(re.compile(r"^0"))
    his.context.set_offline(False)
    expect(page.locator(".approval")).to_have_count(1, timeout=30_000)
    expect(row).to_have_count(0)
    mine = hers.open(f"{home_of(hers)}/more/approvals")
    mine.click(".approval a")
    mine.click(".approval-answers a.plain")
    mine.fill("[name=words]", "سدّد أولًا")
    mine.click("main form button[type=submit]")
    expect(mine.locator(".approval-of [data-state=declined]")).to_be_visible()
    page = his.open(f"{home_of(his)}/more/approvals")
    page.click(".approval a")
    expect(page.locator(".approval-of")).to_contain_text("سدّد أولًا")


def test_what_the_server_refused_is_asked_for_with_one_tap(his: Phone, hers: Phone):
    """The limit was lowered since Karim's sheet was drawn."""
    page = open_account(his)
    his.open_sheet()
    his.tap_amount("90")
    expect(page.locator("#over [data-asks]")).to_be_hidden()
    mine = open_account(hers)
    mine.goto(f"{mine.url.split('?')[0]}/edit")
    mine.locator(".form-more").first.evaluate("it => { it.open = true }")
    mine.fill("[name=credit_limit]", "50")
    mine.click("main form button[type=submit]")
    expect(mine.locator("#standing")).to_be_visible()
    page.click(CONFIRM)
    page.click("#lines .entry [data-action=ask]")
    expect(page.locator(".approval")).to_have_count(1)
    expect(page.locator("#lines .entry")).to_have_count(0)
