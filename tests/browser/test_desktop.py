"""A wide screen with a keyboard: month's end, an account as a table, keys. No phone pays for it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import seed
from tests.browser.conftest import Visit
from tests.browser.offline.hand import carry
from tests.browser.phone import Phone
from tests.browser.seed import Shop

COLUMNS = """() => {
  const edges = (part) => {
    const { left, right } = part.getBoundingClientRect()
    return [Math.round(left), Math.round(right)]
  }
  const head = [...document.querySelectorAll('.entries-head > span')].map(edges)
  const row = document.querySelector('#lines .entry.grows a')
  const [what, amount, facts, balance] = row.children
  return {
    head,
    row: [facts, what.querySelector('b'), amount, balance].map(edges),
    isLow: row.getBoundingClientRect().height
  }
}"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


@pytest.fixture
def desktop(visit: Visit, shop: Shop) -> Phone:
    made = visit(width=1280, has_touch=False)
    made.sign_in_as(shop.token)
    return made


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    return page


def test_the_empty_half_shows_the_months_end_and_leads_on(desktop, shop):
    page = desktop.open(f"{shop.home}/")
    expect(page.locator("#month-end #by-age")).to_be_visible()
    expect(page.locator("#month-end table").first.locator("tbody tr")).to_have_count(4)
    first = page.locator("#month-end a[data-opens-side]").first
    name = first.locator("bdi").first.inner_text()
    first.click()
    title = page.locator("#side h1")
    expect(title).to_have_text(name)
    expect(title).to_be_focused()
    page.go_back()
    expect(page.locator("#month-end #by-age")).to_be_visible()


def test_a_row_that_is_opened_takes_the_focus_along(desktop, shop):
    page = settled(desktop.open(f"{shop.home}/"))
    row = page.locator("#list .row a").first
    row.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#side h1")).to_be_focused()
    expect(page.locator("#side #standing")).to_be_visible()


def test_an_account_is_a_table(desktop, shop):
    page = desktop.open(shop.account("أبو علي الخباز"))
    expect(page.locator(".entries-head")).to_be_visible()
    settled(page)
    found = page.evaluate(COLUMNS)
    date, kind, _note, debt, _payment, balance = found["head"]
    facts, word, amount, after = found["row"]
    assert facts[1] == date[1]
    assert word[1] == kind[1]
    assert amount[0] == debt[0]
    assert after[0] == balance[0]
    page.set_viewport_size({"width": 1000, "height": 800})
    expect(page.locator(".entries-head")).to_be_hidden()


def test_the_table_has_its_room_before_the_list_stands_beside_it(desktop, shop):
    page = settled(desktop.open(shop.account("أبو علي الخباز")))
    page.evaluate("document.getElementById('book').remove()")
    wide = "all => all.filter(it => it.scrollWidth > it.clientWidth + 1).length"
    assert page.locator(".entries-head, .entry > a").evaluate_all(wide) == 0


def test_the_table_has_one_head_after_another_account_and_after_an_entry(desktop, shop):
    page = settled(desktop.open(shop.account("أبو علي الخباز")))
    page.locator("#list .row a").nth(3).click()
    expect(page.locator(".entries-head")).to_have_count(1)
    desktop.open_sheet()
    page.fill("#amount", "3")
    page.click("[data-confirm-button]")
    expect(page.locator("#over")).to_be_hidden()
    expect(page.locator(".entries-head")).to_have_count(1)


def test_keys_lead_through_the_book(desktop, shop):
    page = settled(desktop.open(f"{shop.home}/more"))
    page.keyboard.press("/")
    page.wait_for_url("**/#search")
    expect(page.locator(".search [name=q]")).to_be_focused()
    settled(page)
    page.keyboard.type("ng?/")
    expect(page.locator(".search [name=q]")).to_have_value("ng?/")
    expect(page.locator("#keys")).to_have_count(0)
    page.locator(".search [name=q]").evaluate("(field) => field.blur()")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/due")
    settled(page)
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url(f"**{shop.home}/")
    settled(page)
    page.keyboard.press("n")
    page.wait_for_url("**/entries/new")


def test_the_book_of_the_phone_has_the_same_keys(desktop, shop):
    carry(settled(desktop.open(f"{shop.home}/")))
    page = settled(desktop.open(f"/offline#{shop.home}/"))
    expect(page.locator("#list .row").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator(".search [name=q]")).to_be_focused()
    page.locator(".search [name=q]").evaluate("(field) => field.blur()")
    for key in "gd":
        page.keyboard.press(key)
    page.wait_for_url("**/due")
    for key in "gb":
        page.keyboard.press(key)
    page.wait_for_url(f"**{shop.home}/")
    page.keyboard.press("n")
    page.wait_for_url("**/entries/new")


def test_n_on_an_account_writes_on_it(desktop, shop):
    page = settled(desktop.open(shop.account("سالم")))
    page.keyboard.press("n")
    expect(page.locator("#over #amount")).to_be_visible()


def test_the_list_of_keys_opens_and_closes(desktop, shop):
    page = settled(desktop.open(f"{shop.home}/"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.click("#keys [data-close]")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_keys_of_an_arabic_keyboard_do_the_same(desktop, shop):
    page = settled(desktop.open(f"{shop.home}/"))
    page.evaluate(
        """() => document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ى', code: 'KeyN', bubbles: true }))"""
    )
    page.wait_for_url("**/entries/new")


def test_a_phone_fetches_nothing_of_it(phone, shop):
    for path in (f"{shop.home}/", shop.account("سالم"), f"{shop.home}/due"):
        settled(phone.open(path))
    assert phone.requests
    asked = [one for one in phone.requests if "desktop" in one or "month-end" in one]
    assert not asked
