"""The entry sheet on a page of the server, drawn from the phone: at once, whoever answers when."""

import re

from playwright.sync_api import Route, expect

from tests.browser.offline.device import Device
from tests.browser.seed import Shop

SHEET = re.compile(r"/entries/new")
SHOPS = 4
# Names of what would be sent, and what the sheet says of currencies.
FORM = r"""() => {
  const form = document.querySelector('form[data-entry]')
  const {action, method, dataset: {toward, name, digits, group, decimal}} = form
  // A blank row of goods is as good as none: how many there are does not matter.
  const sent = [...new FormData(form).keys()].map((name) => name.replace(/_\d+$/, ''))
  const names = [...new Set(sent)].sort()
  const options = [...form.elements.currency.options].map((option) => ({
    code: option.value, balance: option.dataset.balance, largest: option.dataset.largest,
    late: option.dataset.late, unit: option.dataset.unit,
  })).sort((one, other) => (one.code < other.code ? -1 : 1))
  const hx = form.getAttributeNames().filter((name) => name.startsWith('hx-'))
    .map((name) => `${name}=${form.getAttribute(name)}`).sort()
  const days = [...form.querySelectorAll('[name=due_choice]')].map((day) => day.value)
  const title = form.querySelector('h2').textContent.replace(/\s+/g, ' ').trim()
  return {action, method, toward, name, digits, group, decimal, names, options, hx, days, title}
}"""


def carried(device: type[Device], origin: str, shop: Shop) -> Device:
    phone: Device = device(origin)
    phone.start()
    phone.sign_in_as(shop.token)
    phone.carry(shop.account("سالم"))
    phone.open(shop.account("سالم"))
    phone.page.wait_for_load_state("networkidle")
    return phone


def test_it_opens_while_the_server_is_silent_and_its_entry_is_written(server, device, shop: Shop):
    phone = carried(device, server.origin, shop)
    page, held = phone.page, []
    page.route(SHEET, lambda route: held.append(route))
    page.click(".entry-buttons a.debt")
    expect(page.locator("#over #amount")).to_be_visible()
    expect(page.locator("#sheet-title")).to_contain_text("96.25")
    for key in "375":
        page.click(f"[data-key='{key}']")
    page.click("[data-confirm-button]")
    expect(page.locator("#standing .big")).to_contain_text("471.25")
    expect(page.locator("article.entry:not([data-state])")).to_have_count(2)
    assert held, "the server was asked too"


def test_it_becomes_the_form_that_the_server_draws(server, device, shop: Shop):
    phone = carried(device, server.origin, shop)
    page, held = phone.page, list[Route]()
    page.route(SHEET, lambda route: held.append(route), times=1)
    page.click(".entry-buttons a.debt")
    expect(page.locator("#over #amount")).to_be_visible()
    assert phone.run(FORM)["days"] == [""]
    held[0].continue_()
    expect(page.locator("#over [name=due_choice]").nth(1)).to_be_attached()
    drawn = phone.run(FORM)
    page.keyboard.press("Escape")
    expect(page.locator("#over")).to_be_hidden()
    page.route(re.compile(r"/offline"), lambda route: route.abort())
    page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((it) => caches.delete(it))))"
    )
    phone.open(shop.account("سالم"))
    page.wait_for_load_state("networkidle")
    with page.expect_response(SHEET):
        page.click(".entry-buttons a.debt")
    expect(page.locator("#over #amount")).to_be_visible()
    assert drawn == phone.run(FORM)


def test_what_the_page_knows_better_is_asked_of_the_server(server, device, shop: Shop):
    """Another phone wrote meanwhile: the page shows it, this phone's copy does not have it yet."""
    phone = carried(device, server.origin, shop)
    page = phone.page
    page.evaluate("document.getElementById('standing').dataset.shown = '777'")
    with page.expect_request(SHEET):
        page.click(".entry-buttons a.pay")
    expect(page.locator("#over #amount")).to_be_visible()
    expect(page.locator("#over form")).to_have_attribute("hx-post", re.compile("entries"))


def test_a_double_tap_on_it_neither_keys_nor_saves(server, device, shop: Shop):
    phone = carried(device, server.origin, shop)
    page = phone.page
    for delay in (40, 80, 200, 300):
        phone.open(shop.account("سالم"))
        page.wait_for_load_state("networkidle")
        box = page.locator(".entry-buttons a.pay").bounding_box()
        assert box
        for wait in (delay, 0):
            page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            page.wait_for_timeout(wait)
        expect(page.locator("#over #amount")).to_be_visible()
        assert page.locator("#over #amount").input_value() == ""
        expect(page.locator("#over [data-error]:not(template *)")).to_have_count(0)
