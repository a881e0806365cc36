"""Pages and sheets of goods, of another currency and of corrections, judged as every page is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.rules.goods import GoodsRow, sum_of
from daftari.ledger.rules.kinds import Kind
from tests.browser import seed
from tests.browser.looks import assert_it_fits
from tests.browser.phone import Phone

NAME = "أبو علي الخباز"
LONG = "شاي أحمر ناعم من الدرجة الأولى، كيس كبير"
Way = Callable[[Phone, seed.Shop], object]


@pytest.fixture(scope="module")
def written(data: Path) -> list[seed.Shop]:
    return seed.run(seed.fill(data, goods_and_dollars))


async def goods_and_dollars(shop: seed.Shop) -> None:
    await shop.add(NAME)
    await shop.entry(NAME, Kind.DEBT, 10000, currency="USD", days_ago=3)
    shop.people["dollars"] = shop.last_entry
    # A rate is no amount: a whole number is not taken for one.
    paid = Exchange(paid_minor=8000, paid_currency="SAR", rate_e8=400_000_000, rate_of="USD")
    await shop.entry(NAME, Kind.PAYMENT, 2000, currency="USD", exchange=paid, days_ago=2)
    shop.people["exchange"] = shop.last_entry
    goods = (GoodsRow("سكر", 2000, 600), GoodsRow(LONG, 12_500, 98_765))
    await shop.entry(NAME, Kind.DEBT, sum_of(goods), goods=goods, days_ago=1)


def on_the_sheet(kind: str, part: str) -> Way:
    def go(phone: Phone, shop: seed.Shop) -> None:
        phone.open(shop.account(NAME)).wait_for_load_state("networkidle")
        phone.open_sheet(kind)
        phone.tap_amount("375")
        phone.page.click(f"#over [data-part={part}]")
        expect(phone.page.locator(f"#over [data-for={part}]")).to_be_visible()

    return go


def entry_of(which: str, path: str = "") -> Way:
    def go(phone: Phone, shop: seed.Shop) -> None:
        entry = shop.people.get(which, shop.last_entry)
        phone.open(f"{shop.home}/entries/{entry}{path}")

    return go


def corrected(phone: Phone, shop: seed.Shop) -> Page:
    """The account's newest entry is opened, and its correction over it."""
    page = phone.open(shop.account(NAME))
    page.wait_for_load_state("networkidle")
    page.click("article.entry > a >> nth=0")
    page.click("#over #entry-details a[href$='/correction']")
    expect(page.locator("#over #correction")).to_be_visible()
    return page


def refused_correction(phone: Phone, shop: seed.Shop) -> None:
    page = corrected(phone, shop)
    page.fill("#over #goods_price_1", "x")
    page.click("#over #correction [type=submit]")
    expect(page.locator("#over [data-error]").first).to_be_visible()


SHEETS: dict[str, Way] = {
    "goods on the sheet": on_the_sheet("debt", "goods"),
    "another currency on the sheet": on_the_sheet("pay", "paid_currency"),
    "entry of goods": entry_of("goods"),
    "entry in another currency": entry_of("exchange"),
    "correction of goods": entry_of("goods", "/correction"),
    "correction of another currency": entry_of("exchange", "/correction"),
    "correction of a debt": entry_of("dollars", "/correction"),
    "correction over the account": corrected,
    "correction refused": refused_correction,
    "rates": lambda phone, shop: phone.open(f"{shop.home}/more/rates"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_fits_every_phone_thumb_and_eye(visit, shop, name):
    phone = visit(width=320, height=640)
    phone.foreseen.add(422)
    phone.sign_in_as(shop.token)
    SHEETS[name](phone, shop)
    assert_it_fits(phone.page)
