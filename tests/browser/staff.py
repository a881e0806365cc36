"""Several phones in one shop: the owner invites, others come in, each with a passkey."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.phone import Phone

OWNER, CASHIER, MANAGER = "أم سليم", "كريم", "نواف"
BOOK = """async () => {
  const page = document.querySelector('script[type=module][src*="/js/"]').src
  const phone = await import(page.replace(/js\\/.*/, 'js/phone/phone.js'))
  const who = phone.here ?? (await phone.listBooks())[0]
  return (await phone.openBook(who)).head
}"""


def owner_of_a_shop(visit: Callable[..., Phone]) -> tuple[Phone, str]:
    """Umm Salim with her own passkey, and the address of her shop."""
    phone = visit()
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


def come_in(visit: Callable[..., Phone], link: str) -> Phone:
    """Somebody new opens the link on his own phone and confirms with his fingerprint."""
    phone = visit()
    phone.authenticator()
    page = phone.open(link)
    page.click("form[data-passkey=create] button[type=submit]")
    page.wait_for_url("**/s/*/", timeout=60_000)  # passkey, session and the whole book
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


def book_of(page: Page) -> Any:
    """What the phone holds of the book: the head of its snapshot, None for nothing."""
    return page.evaluate(BOOK)
