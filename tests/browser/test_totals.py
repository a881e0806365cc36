"""The totals of a book, however large they are."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from daftari.customers.rules import CustomerRole
from daftari.ledger.rules.kinds import Kind
from tests.browser import seed

LARGEST = 999_999_999_999_999
BOXES = """all => all.map((it) => {
  const range = document.createRange()
  range.selectNodeContents(it)
  const { left, right, top, bottom } = range.getBoundingClientRect()
  const card = it.closest('.totals').getBoundingClientRect()
  return { left, right, top, bottom, isIn: left > card.left && right < card.right }
})"""


async def the_largest(shop: seed.Shop) -> None:
    await shop.add("أبو علي")
    await shop.entry("أبو علي", Kind.DEBT, LARGEST)
    await shop.add("مخبز السنابل", role=CustomerRole.SUPPLIER)
    await shop.entry("مخبز السنابل", Kind.DEBT, LARGEST)


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, the_largest, seed.a_few))


def boxes(page: Page) -> list[dict[str, float]]:
    page.evaluate("document.fonts.ready.then(() => null)")
    found: list[dict[str, float]] = page.locator(".totals dd").evaluate_all(BOXES)
    assert len(found) == 3
    return found


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_largest_totals_stand_apart_and_within_their_card(phone, shop, width):
    phone.page.set_viewport_size({"width": width, "height": 800})
    found = boxes(phone.open(f"{shop.home}/"))
    assert all(one["isIn"] for one in found), found
    first, second, _ = found
    is_below = second["top"] >= first["bottom"]
    assert is_below or second["right"] <= first["left"] or second["left"] >= first["right"]


def test_usual_totals_stand_beside_each_other(visit, written):
    phone = visit()
    phone.sign_in_as(written[1].token)
    first, second, _ = boxes(phone.open(f"{written[1].home}/"))
    assert first["top"] == second["top"]
