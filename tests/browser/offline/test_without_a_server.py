"""The server's process is dead, the browser is restarted, and the shop goes on writing.

Told in Chromium and in Firefox alike.
"""

import pytest

from tests.browser.offline import truth
from tests.browser.offline.hand import WAITING, Hand
from tests.browser.seed import Shop

SHOPS = 2


@pytest.fixture(params=["chromium", "firefox"])
def hand(request, server, device, firefox) -> Hand:
    made = {"chromium": device, "firefox": firefox}[request.param](server.origin)
    made.start()
    return made


def test_what_was_written_without_a_server_is_in_the_book_once(hand, server, shop, data):
    hand.sign_in_as(shop.token)
    hand.carry(f"{shop.home}/")
    server.kill()

    write_on_somebody_known(hand, shop)
    hand.kill()
    hand.start()
    look_for_somebody(hand, shop)
    add_somebody_new(hand, shop)
    take_one_back(hand, shop)
    hand.stop()
    hand.start()
    hand.open(f"{shop.home}/")
    hand.until_says("#totals", "498.75")
    assert len(hand.items()) == 3

    server.start()
    hand.sign_in_as(shop.token)  # a browser writes a cookie down when it finds time
    hand.open(f"{shop.home}/")
    hand.until(lambda: hand.items() == [])
    assert truth.amounts(data, shop, "سالم") == [9625, 1250]
    assert truth.amounts(data, shop, "جار جديد") == [1000]
    hand.open(f"{shop.home}/?q=الروضه")
    assert "جار جديد" in hand.text("#list")
    assert "حي الروضة" in hand.text("#list")
    hand.open(shop.account("سالم"))
    assert "108.75" in hand.text("#standing")
    assert hand.count("article.entry") == 2
    assert hand.count(WAITING) == 0


def write_on_somebody_known(hand: Hand, shop: Shop) -> None:
    """On a page of the book that was open, and no server answers."""
    hand.open(shop.account("سالم"))
    hand.until_says("#standing", "96.25")
    hand.enter("أعطيت", "12.5")
    hand.until(lambda: hand.count(WAITING) == 1)
    hand.until_says("#standing", "108.75")
    hand.until_says("#standing", "مع قيد على الهاتف")


def look_for_somebody(hand: Hand, shop: Shop) -> None:
    """The list and its search, in a browser that has just been started."""
    hand.open(f"{shop.home}/")
    hand.until_says("#list", "سالم")
    assert "108.75" in hand.text("#list")
    assert "488.75" in hand.text("#totals")
    hand.fill(".search [name=q]", "فاطمه")
    hand.until(lambda: "سالم" not in hand.text("#list"))
    assert "فاطمة الزهراني" in hand.text("#list")


def add_somebody_new(hand: Hand, shop: Shop) -> None:
    hand.open(f"{shop.home}/customers/new")
    hand.fill("#customer-form [name=name]", "جار جديد")
    hand.click("#customer-form summary")
    hand.fill("#customer-form [name=neighbourhood]", "حي الروضة")
    hand.click("#customer-form [type=submit]")
    hand.until(lambda: hand.count("#standing") == 1)
    assert "جار جديد" in hand.text("body")
    assert "حي الروضة" in hand.text("#side .topbar-line")
    hand.enter("أعطيت", "10")
    hand.until(lambda: hand.count(WAITING) == 1)
    hand.open(f"{shop.home}/?q=الروضه")
    hand.until(lambda: hand.count("#list .row") == 1)
    assert "حي الروضة" in hand.text("#list .row .row-line")


def take_one_back(hand: Hand, shop: Shop) -> None:
    """What never left is simply gone."""
    hand.open(shop.account("سالم"))
    hand.until(lambda: hand.count(WAITING) == 1)
    hand.enter("أخذت", "5")
    hand.until(lambda: hand.count(WAITING) == 2)
    hand.click(f"{WAITING} summary")
    hand.click(f"{WAITING} [data-action=withdraw]")
    hand.until(lambda: hand.count(WAITING) == 1)
    hand.until_says("#standing", "108.75")
