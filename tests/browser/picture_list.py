"""The pages of which `make pictures` takes pictures, and what is done on each before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

Step = Callable[[Page], object]


@dataclass(frozen=True)
class Shop:
    """The demo's shop: where it is, two of its accounts, and the cookie of its owner.

    `debtor`: whom a `message` waits for to be opened; `stop`: his own link in it.
    `with_goods`, `in_dollars`: the pages of two entries.
    """

    origin: str
    home: str
    account: str
    supplier: str
    cookie: str
    debtor: str = ""
    message: str = ""
    stop: str = ""
    with_goods: str = ""
    in_dollars: str = ""


@dataclass(frozen=True)
class Picture:
    """One page: where it is, and what is done on it before the picture is taken."""

    name: str
    path: str
    step: Step | None = None


def pictures_of(shop: Shop) -> Iterator[Picture]:
    home, account = shop.home, shop.account
    yield Picture("book", f"{home}/")
    yield Picture("book-late", f"{home}/?filter=late&sort=biggest")
    yield Picture("book-nobody", f"{home}/?q=زكريا")
    yield Picture("account", account)
    yield Picture("account-open", account, _open_line)
    yield Picture("statement", f"{account}/statement")
    yield Picture("supplier", shop.supplier)
    yield Picture("correction", account, _open_correction)
    yield Picture("archive", f"{account}/archive")
    yield Picture("carry-over", f"{account}/carry-over?q=محمد")
    yield Picture("carry-over-preview", f"{shop.debtor}/carry-over?q=محمد", _choose_other)
    yield Picture("sheet", account, open_sheet)
    yield Picture("sheet-payment", account, _open_payment)
    yield Picture("sheet-goods", account, write_goods)
    yield Picture("sheet-dollars", account, write_dollars)
    yield Picture("sheet-parts", account, _open_parts)
    yield Picture("entry-page", shop.with_goods)
    yield Picture("entry-page-dollars", shop.in_dollars)
    yield Picture("reversal", f"{shop.with_goods}/reversal")
    yield Picture("entry", f"{account}/entries/new?kind=payment")
    yield Picture("entry-refused", f"{account}/entries/new", _send_nothing)
    yield Picture("choose", f"{home}/entries/new")
    yield Picture("due", f"{home}/due")
    yield Picture("due-suppliers", f"{home}/due/suppliers")
    yield Picture("dates", f"{account}/due")
    yield Picture("promise", f"{account}/promises/new")
    yield Picture("plan-new", f"{account}/plans/new", _fill_in_plan)
    yield Picture("remind", f"{shop.debtor}/remind?tone=firm")
    yield Picture("remind-sheet", f"{home}/due", _open_reminder)
    yield Picture("remind-next", f"{home}/reminders/next")
    yield Picture("receipt", f"{shop.with_goods}/receipt")
    yield Picture("messages-of-one", f"{shop.debtor}/messages")
    yield Picture("promise-sheet", f"{home}/due", _open_promise)
    yield Picture("remind-off", f"{account}/remind")
    yield Picture("remind-many", f"{home}/reminders")
    yield Picture("message", shop.message)
    yield Picture("messages", f"{home}/messages")
    yield Picture("consents", f"{shop.debtor}/consents")
    yield Picture("customer-new", f"{home}/customers/new")
    yield Picture("customer-edit", f"{account}/edit")
    yield Picture("customer-edit-conflict", f"{shop.debtor}/edit", _save_after_another)
    for name in _MORE:
        yield Picture(name.replace("/", "-"), f"{home}/{name}")
    yield Picture("you", "/account")
    yield Picture("codes", "/recovery-codes")
    yield Picture("passkey-new", "/account/passkeys/new")
    yield Picture("phone-new", "/account/phones/new")
    yield Picture("phone-code", "/account/phones/new", _show_code)
    yield Picture("missing", f"{home}/nowhere")
    yield Picture("book-hidden", f"{home}/", _hide)


_MORE = (
    "more",
    "more/shop",
    "more/country",
    "more/rates",
    "more/messages",
    "more/alerts",
    "more/notifications",
    "more/phone",
    "more/refused",
)


def _fill_in_plan(page: Page) -> None:
    page.fill("#amount", "1000")
    page.fill("#count", "3")
    page.click(".days-row .chip >> nth=0")
    page.locator("#preview .dates").scroll_into_view_if_needed()


def public_pictures(shop: Shop) -> Iterator[Picture]:
    yield Picture("landing", "/")
    yield Picture("stop", shop.stop)
    for name in ("signup", "signin", "recover", "help", "join"):
        yield Picture(name, f"/{name}")


def offline_pictures(shop: Shop) -> Iterator[Picture]:
    home, account = shop.home, shop.account
    yield Picture("offline-book", f"{home}/")
    yield Picture("offline-nobody", f"{home}/?q=زكريا")
    yield Picture("offline-account", account, _write_one)
    yield Picture("offline-sheet", account, open_sheet)
    yield Picture("offline-customer-new", f"{home}/customers/new")
    yield Picture("offline-phone", f"{home}/more/phone")
    yield Picture("offline-more", f"{home}/more")
    yield Picture("offline-away", f"{home}/due")


def open_sheet(page: Page) -> None:
    page.click(".entry-buttons a.debt")
    page.wait_for_selector("#over[open] [data-keypad]")
    for key in "120+35+50":
        page.click(f"[data-key='{key}']")


def _write_one(page: Page) -> None:
    open_sheet(page)
    page.click("[data-confirm-button]")
    page.wait_for_selector("article.entry[data-state=waiting]")


def _open_line(page: Page) -> None:
    page.locator(".entry > a").first.click()
    page.wait_for_selector("#over #entry-details")


def _open_correction(page: Page) -> None:
    _open_line(page)
    page.click("#over a[href$='/correction']")
    page.wait_for_selector("#over form[action$='/correction']")


def _show_code(page: Page) -> None:
    page.click("form[action='/account/phones'] button")
    page.wait_for_selector("#phone-link .qr")


def _choose_other(page: Page) -> None:
    page.locator("#carry-others a").first.click()
    page.wait_for_selector("#carry-form")


def _save_after_another(page: Page) -> None:
    """Both change the note: what the other wrote is asked about."""
    other = page.context.new_page()
    other.goto(page.url)
    kept = other.input_value("[name=note]")
    for tab, note in ((other, f"{kept}."), (page, f"{kept} يدفع آخر الشهر")):
        tab.fill("[name=note]", note)
        tab.click("#customer-form > [type=submit]")
        tab.wait_for_load_state()
    other.close()


def _send_nothing(page: Page) -> None:
    page.click("[data-confirm-button]")
    page.wait_for_selector("[data-error]")


def _open_payment(page: Page) -> None:
    page.click(".entry-buttons a.pay")
    page.wait_for_selector("#over[open] [data-keypad]")


def _open_parts(page: Page) -> None:
    """The chips of a debt opened: the day, the note."""
    open_sheet(page)
    for part in ("due_on", "note"):
        page.click(f"#over [data-part={part}]")


def write_goods(page: Page) -> None:
    page.click(".entry-buttons a.debt")
    page.wait_for_selector("#over[open] [data-keypad]")
    page.click("#over [data-part=goods]")
    rows = (("أرز بسمتي", "1.5", "6.25"), ("خبز", "", "2"))
    for number, row in enumerate(rows, 1):
        if number > 1:
            page.click("#over [data-goods-more]")
        for field, text in zip(("name", "quantity", "price"), row, strict=True):
            page.fill(f"#over #goods_{field}_{number}", text)


def write_dollars(page: Page) -> None:
    _open_payment(page)
    page.click("#over [data-part=paid_currency]")
    page.fill("#over #paid_amount", "20")
    page.select_option("#over #paid_currency", "USD")
    page.fill("#over #rate", "3.75")


def _open_reminder(page: Page) -> None:
    page.click("a[href$='/remind'] >> nth=0")
    page.wait_for_selector("#over #remind")


def _open_promise(page: Page) -> None:
    page.click("a[href*='/promises/new'] >> nth=0")
    page.wait_for_selector("#over #promise")


def _hide(page: Page) -> None:
    page.click("[data-hide-amounts]")
