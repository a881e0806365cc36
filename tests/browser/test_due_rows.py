"""A row of the due list: low, four places for what can be done, nothing across the margin."""

from pathlib import Path

import pytest

from tests.browser import seed

ROWS = """() => {
  const ruled = document.querySelector('.rows[data-ruled]')
  const margin = Number.parseFloat(getComputedStyle(ruled, '::before').insetInlineStart)
  const isRtl = document.documentElement.dir === 'rtl'
  const edge = ruled.getBoundingClientRect()
  const fromStart = ({ left, right }) => (isRtl ? edge.right - right : left - edge.left)
  return [...document.querySelectorAll('.due-row')].map((row) => ({
    height: row.getBoundingClientRect().height,
    across: [...row.querySelectorAll('.row-actions a')].filter(
      (it) => fromStart(it.getBoundingClientRect()) < margin
    ).length,
    places: row.querySelectorAll('.row-actions a').length,
    lines: new Set(
      [...row.querySelectorAll('.row-actions a')].map((it) => it.getBoundingClientRect().top)
    ).size
  }))
}"""


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, seed.a_full_one))


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [320, 360])
def test_a_due_row_is_low_and_its_places_stand_in_one_line_behind_the_margin(
    visit, shop, language, width
):
    phone = visit(width=width)
    phone.sign_in_as(shop.token)
    page = phone.open("/account")
    page.check(f"input[name=language][value={language}]", force=True)
    page.click("form[action='/account/language'] button")
    page.wait_for_load_state("networkidle")
    for address in ("/due", "/due/suppliers"):
        phone.open(shop.home + address)
        rows = page.evaluate(ROWS)
        assert rows, address
        for row in rows:
            assert row["height"] <= 110, (address, row)
            assert (row["across"], row["lines"]) == (0, 1), (address, row)
            assert 2 <= row["places"] <= 4, (address, row)
