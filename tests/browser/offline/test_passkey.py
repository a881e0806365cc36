"""A phone whose passkey answers a salt keeps the book's key under it, and nowhere else."""

import re

import pytest

from tests.browser.offline.device import Device
from tests.browser.offline.hand import WAITING
from tests.browser.phone import Phone

MODE = """async () => {
  const page = document.querySelector('script[type=module][src*="/js/"]').src
  const { listBooks } = await import(page.replace(/js\\/.*/, 'js/phone/phone.js'))
  return (await listBooks()).map(({ mode }) => mode)
}"""
KEYS_ON_DISK = """async () => {
  const found = []
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      indexedDB.open(name).onsuccess = ({ target }) => done(target.result)
    })
    for (const store of db.objectStoreNames) {
      found.push(...await new Promise((done) => {
        db.transaction(store).objectStore(store).getAll().onsuccess = (it) => done(it.target.result)
      }))
    }
    db.close()
  }
  const keysIn = (one) => one instanceof CryptoKey ||
    (one && typeof one === 'object' && !ArrayBuffer.isView(one) && Object.values(one).some(keysIn))
  return found.filter(keysIn).length
}"""


@pytest.fixture
def hand(server, device) -> Device:
    return device(server.origin)


def sign_up(hand: Device) -> Phone:
    phone = hand.start()
    phone.authenticator(has_prf=True)
    phone.signup()
    return phone


def test_the_book_opens_with_a_touch_while_the_server_is_dead(hand, server):
    phone = sign_up(hand)
    page = phone.open("/")
    home = re.sub(r"/$", "", page.url)
    page.goto(f"{home}/customers/new")
    account = phone.add("أبو علي")
    hand.carry(f"{home}/")
    if hand.run(MODE) == ["phone"]:  # Not every passkey answers when it is made: the page's button.
        assert hand.ask("return book.lock() }")
    assert hand.run(MODE) == ["passkey"]
    assert hand.run(KEYS_ON_DISK) == 0

    server.kill()
    hand.open(account)
    hand.until(lambda: hand.count("[data-unlock]"))
    assert "أبو علي" not in hand.text("body")
    hand.click("[data-unlock]")
    hand.until_says("#content", "أبو علي")
    hand.enter("أعطيت", "12.5")
    hand.until(lambda: hand.count(WAITING) == 1)
    hand.until_says("#standing", "12.50")

    server.start()
    hand.open(account)
    hand.until(lambda: hand.items() == [])
    hand.until_says("#standing", "12.50")
