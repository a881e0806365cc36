"""The photo of an entry is made small on the phone where there is no network too."""

from playwright.sync_api import expect

from tests.browser.offline.hand import WAITING
from tests.browser.test_photo import camera
from tests.photos import a_photo

LYING = "return (await book.db.getAll('photos')).map((it) => it.data.byteLength) }"


def test_a_photo_chosen_without_a_network_is_drawn_small_and_arrives(device, server, shop):
    photo = a_photo((4000, 3000), quality=100)
    hand = device(server.origin)
    hand.start()
    hand.sign_in_as(shop.token)
    hand.carry(f"{shop.home}/")
    server.kill()
    hand.open(shop.account("سالم"))
    hand.click(".entry-buttons a", "أعطيت")
    hand.page.set_input_files("#photo", camera(photo))
    hand.page.click("[data-key='7']")
    hand.click("[data-confirm-button]")
    hand.until(lambda: hand.count(WAITING) == 1)
    (lying,) = hand.ask(LYING)
    assert lying < len(photo) / 4
    server.start()
    hand.open(shop.account("سالم"))
    hand.until(lambda: hand.items() == [])
    expect(hand.page.locator("article.entry").first).to_contain_text("معه صورة")
