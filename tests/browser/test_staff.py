"""Three phones in one shop: the owner invites, a cashier sells, a manager looks; one is removed."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.offline.hand import carry
from tests.browser.phone import Phone, expect_standing

OWNER, CASHIER, MANAGER = "أم سليم", "كريم", "نواف"


def owner_of_a_shop(visit) -> tuple[Phone, str]:
    """Umm Salim with her own passkey, and the address of her shop."""
    phone: Phone = visit()
    phone.authenticator()
    phone.signup(OWNER)
    return phone, urlsplit(phone.page.url).path.rstrip("/")


def invite(owner: Phone, home: str, name: str, role: str) -> str:
    """By the menu, as she does it; the link that the code holds."""
    page = owner.open(f"{home}/more")
    page.click("a[href$='/more/people']")
    page.click("a[href$='/more/people/invitations']")
    page.fill("[name=name]", name)
    page.check(f"[name=role][value={role}]")
    page.click("main form button[type=submit]")
    told = page.locator("#phone-link-address").get_attribute("data-told")
    assert told
    return told


def come_in(visit, link: str) -> Phone:
    """Somebody new opens the link on his own phone and confirms with his fingerprint."""
    phone: Phone = visit()
    phone.authenticator()
    page = phone.open(link)
    page.click("form[data-passkey=create] button[type=submit]")
    page.wait_for_url("**/s/*/")
    return phone


def remove(owner: Phone, home: str, name: str) -> None:
    page = owner.open(f"{home}/more/people")
    page.click(f".people a:has-text('{name}')")
    page.click("form[action$='/removal'] button")
    page.wait_for_url("**/more/people")
    expect(page.locator(".people")).not_to_contain_text(name)


def sell(page: Page, keys: str) -> None:
    page.click(".entry-buttons a.debt")
    for key in keys:
        page.click(f'[data-key="{key}"]')
    page.click("[data-confirm-button]")
    expect(page.locator("#over [data-confirm-button]")).to_have_count(0)


def test_a_cashier_is_invited_sells_and_is_removed_with_a_full_phone(visit, server):
    owner, home = owner_of_a_shop(visit)
    owner.open(f"{home}/customers/new")
    account = owner.add("أبو علي")
    karim = come_in(visit, invite(owner, home, CASHIER, "cashier"))
    manager = come_in(visit, invite(owner, home, MANAGER, "manager"))

    # he sells and sees no totals; the manager sees them
    expect(karim.page.locator("#book h1")).to_have_text("بقالة النور")
    expect(karim.page.locator("#totals dd")).to_have_count(0)
    page = karim.open(account)
    sell(page, "12")
    expect(page.locator("article.entry:not([data-state])")).to_have_count(1)
    expect_standing(page, "عليه 12.00 ر.س")
    manager.open(f"{home}/")
    expect(manager.page.locator("#totals")).to_contain_text("12.00")

    # without a network he goes on
    karim.is_cut_off = True
    carry(page)
    karim.context.set_offline(True)
    page.goto(account)
    for keys in ("5", "7", "9"):
        sell(page, keys)
    expect(page.locator("article.entry[data-state=waiting]")).to_have_count(3)

    remove(owner, home, CASHIER)

    # the network is back: he is told, his phone keeps what was not accepted and no book
    karim.foreseen.add(404)
    karim.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_url("**/account/former/*", timeout=60_000)
    expect(page.locator("#phone-failed")).to_have_text("3 قيود لم تُقبل لأنك خرجت من المتجر")
    expect(page.locator("[data-failed] li")).to_have_count(3)
    for words in ("5.00", "7.00", "9.00", "أبو علي"):
        expect(page.locator("[data-failed]")).to_contain_text(words)
    with page.expect_download() as saved:
        page.click("[data-export]")
    told = Path(saved.value.path()).read_text()
    assert "أبو علي" in told
    assert told.count("\n") == 4
    assert book_of(page) is None
    karim.open("/")
    page.wait_for_url("**/account/former/*")
    page.goto(account)
    page.wait_for_url("**/account/former/*")

    # she is alerted, and enters one of the three herself
    page = owner.open(f"{home}/more/alerts")
    page.click("[data-alert=not_accepted] button")
    page.wait_for_url("**/more/refused")
    expect(page.locator("[data-refused=removed_from_shop]")).to_have_count(3)
    row = page.locator("[data-refused]", has_text="7.00")
    expect(row).to_contain_text(CASHIER)
    expect(row).to_contain_text("أبو علي")
    row.locator("form[action$='/entry'] button").click()
    expect(page.locator("[data-settled=entered]")).to_contain_text("7.00")
    owner.open(account)
    expect_standing(owner.page, "عليه 19.00 ر.س")

    # the manager is where he was, and no name stands in a log
    manager.open(f"{home}/")
    expect(manager.page.locator("#totals")).to_contain_text("19.00")
    log = server.log.read_text()
    assert "/sync" in log
    for name in (OWNER, CASHIER, MANAGER, "أبو علي"):
        assert name not in log


def test_a_role_that_is_narrowed_narrows_the_book_on_the_phone(visit):
    owner, home = owner_of_a_shop(visit)
    owner.open(f"{home}/customers/new")
    owner.add("أبو علي")
    manager = come_in(visit, invite(owner, home, MANAGER, "manager"))
    page = manager.open(f"{home}/")
    manager.is_cut_off = True
    carry(page)
    assert book_of(page)["totals"] is not None
    people = owner.open(f"{home}/more/people")
    people.click(f".people a:has-text('{MANAGER}')")
    people.check("[name=role][value=viewer]")
    people.click("form:has([name=role]) button[type=submit]")
    expect(people.locator(".topbar-line")).to_have_text(re.compile("مطّلع|مطلع"))
    manager.open(f"{home}/")
    while book_of(page)["totals"]:
        page.wait_for_timeout(200)
    manager.context.set_offline(True)
    page.goto(f"{home}/")
    expect(page.locator("#list")).to_contain_text("أبو علي")
    expect(page.locator("#totals dd")).to_have_count(0)
    manager.context.set_offline(False)


BOOK = """async () => {
  const page = document.querySelector('script[type=module][src*="/js/"]').src
  const phone = await import(page.replace(/js\\/.*/, 'js/phone/phone.js'))
  const who = phone.here ?? (await phone.listBooks())[0]
  return (await phone.openBook(who)).head
}"""


def book_of(page: Page) -> Any:
    """What the phone holds of the book: the head of its snapshot, None for nothing."""
    return page.evaluate(BOOK)
