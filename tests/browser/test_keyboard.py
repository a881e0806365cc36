"""With the keyboard up: whatever is being typed into stands above the keyboard and the button."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from daftari.ledger.rules.goods import GoodsRow
from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.phone import Phone

NAME = "أبو علي"
COVERED = 320
# Where the field that has the focus stands, between the top of what can be seen and the button.
HIDDEN = """async (covered) => {
  const frame = () => new Promise(requestAnimationFrame)
  const dialog = document.querySelector('dialog[open]') ?? document
  const untyped = '[type=hidden], [type=radio], [type=checkbox], [type=file]'
  const fields = [...dialog.querySelectorAll('input, select, textarea')]
    .filter((it) => it.checkVisibility() && !it.matches(untyped))
  const hidden = []
  for (const field of fields) {
    field.focus()
    await frame()
    await frame()
    const { top, bottom } = field.getBoundingClientRect()
    const buttons = [...dialog.querySelectorAll('.confirm, .form > .button.wide')]
      .filter((it) => it.checkVisibility()).map((it) => it.getBoundingClientRect().top)
    if (top < 0 || bottom > Math.min(innerHeight - covered, ...buttons) + 1)
      hidden.push(`${field.name} ${top} ${bottom} ${buttons} ${innerHeight}`)
  }
  return { seen: fields.length, hidden }
}"""
Way = Callable[[Phone, seed.Shop], object]


async def a_book(shop: seed.Shop) -> None:
    await shop.add(NAME, phone="+966501234567")
    await shop.entry(NAME, Kind.DEBT, 1200, due_in=-3, goods=(GoodsRow("سكر", 2000, 600),))


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, a_book))


def a_correction(phone: Phone, shop: seed.Shop) -> None:
    page = phone.open(shop.account(NAME))
    page.wait_for_load_state("networkidle")
    page.click("article.entry > a")
    page.click("#over a[href$='/correction']")
    expect(page.locator("#over #correction")).to_be_visible()


def a_promise(phone: Phone, shop: seed.Shop) -> None:
    page = phone.open(f"{shop.home}/due")
    page.wait_for_load_state("networkidle")
    page.click("a[href*='/promises/new'] >> nth=0")
    expect(page.locator("#over #promise")).to_be_visible()


def a_debt_of_goods(phone: Phone, shop: seed.Shop) -> None:
    phone.open(shop.account(NAME))
    phone.open_sheet()
    for part in ("note", "goods", "taker"):
        phone.page.click(f"#over [data-part={part}]")
    expect(phone.page.locator("#over [data-goods-more]")).to_be_visible()
    for _ in range(3):
        phone.page.click("#over [data-goods-more]")


def paid_in_dollars(phone: Phone, shop: seed.Shop) -> None:
    phone.open(shop.account(NAME))
    phone.open_sheet("pay")
    phone.page.click("#over [data-part=paid_currency]")


def the_details(phone: Phone, shop: seed.Shop) -> None:
    phone.open(f"{shop.account(NAME)}/edit")


SHEETS: dict[str, Way] = {
    "correction": a_correction,
    "promise": a_promise,
    "debt of goods": a_debt_of_goods,
    "payment in dollars": paid_in_dollars,
    "details": the_details,
}


def assert_all_is_seen(page: Page, covered: int = 0) -> None:
    found = page.evaluate(HIDDEN, covered)
    assert found["seen"] > 1
    assert found["hidden"] == []


@pytest.mark.parametrize("name", SHEETS)
def test_where_the_keyboard_takes_room_from_the_page(phone, shop, name):
    """Chromium on Android: the page becomes lower."""
    SHEETS[name](phone, shop)
    phone.page.set_viewport_size({"width": 360, "height": 800 - COVERED})
    assert_all_is_seen(phone.page)


@pytest.mark.parametrize("name", SHEETS)
def test_where_the_keyboard_lies_over_the_page(phone, shop, name):
    """Safari on an iPhone: js/keyboard.js tells the style sheet how much is covered."""
    SHEETS[name](phone, shop)
    covers = f"document.documentElement.style.setProperty('--keyboard', '{COVERED}px')"
    phone.page.evaluate(covers)
    assert_all_is_seen(phone.page, COVERED)
