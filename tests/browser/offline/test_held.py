"""A phone on the counter shows one account, a locked one nothing; also while the server is dead."""

import re

import pytest

from tests.browser.offline.device import Device
from tests.browser.offline.hand import Hand
from tests.browser.phone import Phone

IDLE = "(minutes) => localStorage.setItem('daftari touched', Date.now() - minutes * 60_000)"
LOOK = "() => document.dispatchEvent(new Event('visibilitychange'))"
MAKE_PASSKEY = """async (publicKey) => {
  publicKey.challenge = new Uint8Array(publicKey.challenge)
  publicKey.user.id = new Uint8Array(publicKey.user.id)
  await navigator.credentials.create({ publicKey })
}"""
OTHER, HIS = "هدى المجنونة", "أبو علي"


@pytest.fixture
def hand(server, device) -> Device:
    return device(server.origin)


def two_accounts(hand: Device, has_prf: bool = False) -> tuple[Phone, str]:
    """A book with two names on this phone; the account of the second."""
    phone = hand.start()
    phone.authenticator(has_prf=has_prf)
    phone.foreseen.add(423)  # the snapshot waits while an account lies on the counter
    phone.signup()
    page = phone.open("/")
    home = re.sub(r"/$", "", page.url)
    page.goto(f"{home}/customers/new")
    phone.add(OTHER)
    page.goto(f"{home}/customers/new")
    account = phone.add(HIS)
    hand.enter("أعطيت", "12.5")
    hand.until_says("#standing", "12.50")
    hand.carry(f"{home}/")
    hand.until(lambda: hand.ask("return (await book.pull()).trouble === null }"))
    hand.open(account)
    return phone, account


def lay(hand: Hand) -> None:
    hand.click("[data-contact=counter] button")
    hand.until_says("#counter h1", HIS)


def shows_his_account_only(hand: Hand) -> bool:
    shown = hand.text("body")
    return (
        HIS in shown and "12.50" in shown and OTHER not in hand.run("() => document.body.outerHTML")
    )


def test_the_counter_shows_one_account_wherever_one_goes(hand, server):
    phone, account = two_accounts(hand)
    home = account.rpartition("/customers")[0]
    lay(hand)
    assert shows_his_account_only(hand)
    phone.page.go_back()
    hand.until(lambda: shows_his_account_only(hand))
    for path in (f"{home}/", f"{home}/due", f"{home}/more", "/account", "/help", "/"):
        hand.open(path)
        hand.until(lambda: shows_his_account_only(hand))
    hand.click("#counter form button")
    hand.until_says(".entry-buttons", "أعطيت")
    hand.open(f"{home}/")
    hand.until_says("#list", OTHER)


def test_the_counter_holds_while_the_server_is_dead(hand, server):
    phone, account = two_accounts(hand)
    home = account.rpartition("/customers")[0]
    phone.is_cut_off = True
    lay(hand)
    phone.page.wait_for_load_state("networkidle")
    server.kill()
    for path in (f"{home}/", account, f"{home}/more", f"{home}/due"):
        hand.open(path)
        hand.until(lambda: shows_his_account_only(hand))
    phone.page.go_back()
    hand.until(lambda: shows_his_account_only(hand))
    hand.click("#counter form button")
    hand.until_says("#content", "أعطيت")
    hand.open(f"{home}/")
    hand.until_says("#content", OTHER)
    server.start()
    hand.open(f"{home}/")  # the server was not told: it asks for the passkey once more
    hand.until(lambda: shows_his_account_only(hand))
    hand.click("#counter form button")
    hand.until_says(".entry-buttons", "أعطيت")


def test_it_is_laid_there_with_no_network_and_the_server_follows(hand, server):
    phone, account = two_accounts(hand)
    home = account.rpartition("/customers")[0]
    phone.is_cut_off = True
    server.kill()
    other = phone.context.new_page()
    other.goto(f"{home}/")
    other.get_by_text(OTHER).first.wait_for()
    hand.open(account)
    hand.until_says("#content", HIS)
    lay(hand)
    other.evaluate(LOOK)  # the other tab comes to the front
    other.locator("#counter h1", has_text=HIS).wait_for()
    assert OTHER not in other.content()
    other.close()
    the_passkey_becomes_somebody_elses(phone)
    hand.click("#counter form button")
    hand.until(lambda: hand.count("#counter [data-unopened]"))
    assert shows_his_account_only(hand)
    server.start()
    hand.open("/account")
    hand.until(lambda: shows_his_account_only(hand))
    hand.open(f"{home}/")
    hand.until(lambda: shows_his_account_only(hand))
    assert hand.run("() => location.pathname").endswith("/counter")


def test_the_lock_takes_the_page_away_and_brings_it_back_half_typed(hand, server):
    phone, account = two_accounts(hand)
    phone.is_cut_off = True
    lock_after_a_minute(hand)
    hand.open(account)
    hand.click(".entry-buttons a", "أعطيت")
    hand.until(lambda: hand.count("#over [data-key='7']"))
    hand.click("[data-key='7']")
    for dead in (False, True):
        if dead:
            server.kill()
        hand.run(IDLE, 2)
        hand.run(LOOK)
        hand.until(lambda: hand.count(".lock-screen button"))
        hidden = hand.run("() => document.documentElement.outerHTML")
        assert HIS not in hidden
        assert "12.50" not in hidden
        hand.click(".lock-screen button")
        hand.until(lambda: hand.count("#over [data-key='7']"))
        assert "7" in hand.run("() => document.querySelector('#amount').value")


def test_a_page_that_is_opened_late_is_the_lock(hand, server):
    phone, account = two_accounts(hand)
    phone.is_cut_off = True
    lock_after_a_minute(hand)
    hand.open("/help")
    hand.run(IDLE, 2)
    hand.open(account)
    hand.until(lambda: hand.count(".lock-screen button"))
    assert HIS not in hand.run("() => document.documentElement.outerHTML")
    hand.open(account)  # the server itself shows nothing else
    hand.until(lambda: hand.count(".lock-screen button"))
    hand.click(".lock-screen button")
    hand.until_says("#standing", "12.50")
    hand.run(IDLE, 2)
    server.kill()
    hand.open(account)
    hand.until(lambda: hand.count("[data-unlock]"))
    assert HIS not in hand.text("body")
    hand.click("[data-unlock]")
    hand.until_says("#content", HIS)


def the_passkey_becomes_somebody_elses(phone: Phone) -> None:
    """A customer has a passkey of this site too, on a key that he holds to the phone."""
    assert phone.keys is not None
    phone.keys.send("WebAuthn.disable")
    phone.authenticator()
    options = {
        "challenge": [1] * 32,
        "rp": {"name": "x"},
        "user": {"id": [2] * 16, "name": "x", "displayName": "x"},
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in (-7, -257)],
        "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
    }
    phone.page.evaluate(MAKE_PASSKEY, options)


def lock_after_a_minute(hand: Hand) -> None:
    hand.open("/account")
    hand.click("form[action='/account/lock'] label", "دقيقة")
    hand.click("form[action='/account/lock'] button")
    hand.until(lambda: hand.run("() => /(^|; )lock=1/.test(document.cookie)"))
