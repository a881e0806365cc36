"""Stories away from the counter: reminding who is late, month's end, the first and second phone."""

from collections.abc import Iterator

from playwright.sync_api import Browser

from benchmarks.stories.book import Book
from benchmarks.stories.slow_phone import SlowPhone
from benchmarks.stories.story import Story, Told, told_of

_SEND = "#remind .confirm-form [data-main]"
_OPENED = ".toast:has-text('واتساب')"


def remind_from_the_account(phone: SlowPhone, _: Book) -> None:
    phone.tap("#contact-actions [data-contact=whatsapp]")
    phone.tap(_SEND)
    phone.until(_OPENED)


def remind_from_the_due_list(phone: SlowPhone, book: Book) -> None:
    phone.tap(f"a[href^='{book.willing[1]}/remind']")
    phone.tap(_SEND)
    phone.until("#over:not([open])", "attached")


def months_end(phone: SlowPhone, book: Book) -> None:
    phone.page.goto(f"{book.home}/")
    phone.until("#month-end #by-age")
    phone.tap("#month-end a[data-opens-side]")
    phone.until("#side h1")


def stories(book: Book) -> list[Story]:
    """Those of reminding are left out while nobody may be reminded."""
    reminding = [
        Story("remind from the account", remind_from_the_account, 2, at=account)
        for account in book.willing[:1]
    ]
    reminding += [
        Story("remind from the due list", remind_from_the_due_list, 2, at=f"{book.home}/due")
        for _ in book.willing[1:2]
    ]
    return [*reminding, Story("month's end on a desktop", months_end, 1, is_wide=True)]


def tell_the_first_day(browser: Browser, book: Book) -> Iterator[Told]:
    """A first visit, a book, its first debt, and a second phone for it."""
    first = SlowPhone.new(browser, book.origin)
    first.phone.authenticator()
    first.begin()
    yield _open_a_book(first)
    yield _write_the_first_debt(first)
    first.rest("/")
    first.begin()
    yield _add_a_phone(browser, first)


def _open_a_book(phone: SlowPhone) -> Told:
    phone.page.goto("/")
    phone.tap("a[href='/signup']")
    for name, text in (("name", "أم سليم"), ("shop_name", "بقالة النور"), ("phone", "0508887766")):
        phone.type(f"form[data-passkey] [name={name}]", text)
    phone.tap("form[data-passkey] button[type=submit]")
    phone.page.wait_for_url("**/s/*/")
    phone.until("#list")
    return told_of("first visit to one's own book", 5, phone)


def _write_the_first_debt(phone: SlowPhone) -> Told:
    phone.tap(".empty a.button")
    phone.type("#customer-form [name=name]", "أبو علي")
    phone.tap("#customer-form > [type=submit]")
    phone.tap(".entry-buttons a.debt")
    phone.key_in("25")
    phone.tap("form[data-entry] [data-confirm-button]")
    phone.until("article.entry")
    return told_of("… and to the first debt in it", 10, phone)


def _add_a_phone(browser: Browser, first: SlowPhone) -> Told:
    """The camera itself takes no time; the second phone has never been here."""
    first.tap(".bottom-bar a[href$='/more']")
    first.tap("a[href='/account/phones/new']")
    first.tap("form[action='/account/phones'] button")
    first.until("#phone-link .qr")
    link = first.page.locator("#phone-link-address").get_attribute("data-told") or ""
    second = SlowPhone.new(browser, first.phone.origin)
    second.phone.authenticator()
    second.page.goto(link)
    second.tap("form[data-joins] button[type=submit]")
    second.page.wait_for_url("**/s/*/")
    second.until("#list")
    first.taps += second.taps
    first.by_hand += second.by_hand
    for phone in (first, second):
        phone.phone.context.close()
    return told_of("a second phone", 4, first)
