"""Back on the network: what was written without one counts, arrives, and is told of once."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.offline.device import Device
from tests.browser.seed import Shop

SHOPS = 3
TOTAL = "#totals [data-total=receivable]"
QUEUE = "#quiet-line [data-queue]"


@pytest.fixture
def away(server, device, shop: Shop) -> Device:
    """A phone that wrote three debts of 700 while the server was away, and the server is back."""
    phone: Device = device(server.origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(f"{shop.home}/")
    server.kill()
    phone.open(shop.account("سالم"))
    for _ in range(3):
        phone.enter("أعطيت", "700")
    phone.until_says("#standing", "2,196.25")
    phone.page.route("**/sync", lambda route: route.abort())
    server.start()
    return phone


def let_go(phone: Device) -> None:
    phone.page.unroute("**/sync")
    phone.page.evaluate("dispatchEvent(new Event('online'))")


def until_held(phone: Device, held: list[Route]) -> None:
    """A route is told of only while the page is asked something."""
    phone.until(lambda: phone.run("() => true") and held)


def test_the_totals_of_the_servers_list_count_it_until_the_list_is_new(away, shop: Shop):
    page = away.page
    away.open(f"{shop.home}/")
    expect(page.locator(TOTAL)).to_have_text("2,576.25")
    expect(page.locator("#list .row:has-text('سالم') .row-amount")).to_contain_text("2,196.25")
    expect(page.locator(QUEUE)).to_have_text("3 قيود على الهاتف")
    served = page.evaluate("() => document.querySelector('[data-total=receivable]').dataset.minor")
    assert served == "47625", "the server's own number"
    held: list[Route] = []
    page.route(f"**{shop.home}/?*", lambda route: held.append(route))
    let_go(away)
    expect(page.locator(QUEUE)).to_have_text("وصلت 3 قيود إلى الدفتر")
    expect(page.locator(TOTAL)).to_have_text("2,576.25")
    until_held(away, held)
    expect(page.locator(TOTAL)).to_have_text("2,576.25")
    held[0].continue_()
    expect(page.locator(f"{TOTAL}[data-minor='257625']")).to_have_text("2,576.25")
    expect(page.locator("#list .row:has-text('سالم') .row-amount")).to_contain_text("2,196.25")
    expect(page.locator(QUEUE)).to_be_hidden()
    away.open(f"{shop.home}/")
    page.wait_for_load_state("networkidle")
    assert page.locator(QUEUE).is_hidden(), "it is said once"


def test_the_account_counts_it_while_it_travels(away, shop: Shop):
    page = away.page
    away.open(shop.account("سالم"))
    expect(page.locator("#standing .big")).to_contain_text("2,196.25")
    held: list[Route] = []
    page.route(re.compile("recorded="), lambda route: held.append(route))
    let_go(away)
    expect(page.locator(QUEUE)).to_have_text("وصلت 3 قيود إلى الدفتر")
    until_held(away, held)
    expect(page.locator("#standing .big")).to_contain_text("2,196.25")
    expect(page.locator("article.entry")).to_have_count(4)
    for route in held:
        route.continue_()
    expect(page.locator("article.entry:not([data-state])")).to_have_count(4)
    expect(page.locator("#standing .big")).to_contain_text("2,196.25")


def test_the_due_list_is_new_when_the_sending_ends(away, shop: Shop):
    page = away.page
    away.open(f"{shop.home}/due")
    expect(page.locator("#due .row")).to_have_count(0)
    let_go(away)
    with page.expect_response(lambda answer: answer.url.endswith("/due")):
        expect(page.locator(QUEUE)).to_have_text("وصلت 3 قيود إلى الدفتر")
