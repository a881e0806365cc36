"""`make pictures`: every page in both themes and two widths, to be looked at by people.

Into ./pictures, which git ignores; three small ones for the README into docs/pictures, and into
docs/pictures/install those that browsers show before the app is installed, and messengers beside a
link. `python -m tests.browser.pictures kept` makes only these.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from daftari.db.databases import open_databases
from daftari.db.keys import all_shop_ids
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.offline.hand import carry
from tests.browser.seed import make_it_noon, settings_of
from tests.browser.troubles import TROUBLES, a_troubled_place
from tests.server import Server

ROOT = Path(__file__).parents[2]
INTO = ROOT / "pictures"
KEPT = ROOT / "docs" / "pictures"
INSTALL = KEPT / "install"
SIZES = ((360, 800), (1280, 800))
THEMES = ("light", "dark")
Step = Callable[[Page], object]


@dataclass(frozen=True)
class Shop:
    """The demo's shop: where it is, two of its accounts, and the cookie of its owner.

    `debtor`: whom a `message` waits for to be opened; `stop`: his own link in it.
    """

    origin: str
    home: str
    account: str
    supplier: str
    cookie: str
    debtor: str = ""
    message: str = ""
    stop: str = ""


@dataclass(frozen=True)
class Picture:
    """One page: where it is, and what is done on it before the picture is taken."""

    name: str
    path: str
    step: Step | None = None


def main() -> None:
    INTO.mkdir(exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        _demo(Path(folder) / "data") as (server, link),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
        shop = _sign_in(browser, server.origin, link)
        _take_kept(browser, shop)
        _take_for_install(browser, shop)
        if sys.argv[1:] != ["kept"]:
            _take_for_people(browser, shop, server, Path(folder) / "troubles")
        browser.close()
    print(f"Pictures in {INTO} and {KEPT}")


def _take_for_people(browser: Browser, shop: Shop, server: Server, troubles: Path) -> None:
    shop = _remind(browser, shop)
    for language in ("en", "ar"):
        _speak(browser, shop, language)
        _take_all(browser, shop, language)
    _take_troubles(browser, troubles)
    _take_offline(browser, shop, server)


@contextmanager
def _demo(data: Path) -> Iterator[tuple[Server, str]]:
    """A served shop full of entries; its server, and the link that signs its owner in."""
    server = Server(data)
    told = server.command("demo", "--customers", "60", "--seed", "7")
    found = re.search(r"http\S+/signin/link/\S+", told.stdout)
    assert found, told.stdout + told.stderr
    asyncio.run(_at_noon(data))
    server.start()
    try:
        yield server, found[0]
    finally:
        server.stop()


async def _at_noon(data: Path) -> None:
    async with open_databases(settings_of(data)) as databases:
        for shop_id in await databases.control.read(all_shop_ids):
            await make_it_noon(databases, shop_id)


def _sign_in(browser: Browser, origin: str, link: str) -> Shop:
    context = browser.new_context(locale="ar")
    page = context.new_page()
    page.goto(link)
    page.goto(origin)
    cookie = next(one["value"] for one in context.cookies() if one["name"] == "daftari")
    home = page.url.removeprefix(origin).rstrip("/")
    account = page.locator("#list a").nth(2).get_attribute("href")
    page.goto(f"{origin}{home}/?filter=owed")
    supplier = page.locator("#list a:has-text('مورّد')").first.get_attribute("href")
    context.close()
    assert account
    assert supplier
    return Shop(origin, home, account, supplier, cookie)


def _remind(browser: Browser, shop: Shop) -> Shop:
    """Somebody who is late and gave no word agrees to WhatsApp, and a reminder is prepared."""
    page = _page(browser, shop, "ar", "light", 360, 800, shop.cookie)
    page.goto(f"{shop.home}/?filter=late")
    people = [link.get_attribute("href") for link in page.locator("#list .row > a").all()]
    for debtor in filter(None, people):
        page.goto(f"{debtor}/edit")
        page.fill("#phone", "0500000054")
        page.click("#customer-form > [type=submit]")
        page.wait_for_selector("#standing")
        page.goto(f"{debtor}/consents")
        for purpose in ("reminder", "receipt"):
            page.check(f"[name=agreed_whatsapp_{purpose}]")
        page.click("#consents-form > [type=submit]")
        page.wait_for_selector(".consent")
        page.goto(f"{debtor}/remind")
        if page.locator("[data-main]").count():
            break
    page.click("[data-main]")
    stop = re.search(r"/stop/\S+", page.locator(".message .message-text").inner_text())
    path = page.url.removeprefix(shop.origin)
    page.context.close()
    assert stop
    return replace(shop, debtor=debtor or "", message=path, stop=stop[0])


def _pictures(shop: Shop) -> Iterator[Picture]:
    home, account = shop.home, shop.account
    yield Picture("book", f"{home}/")
    yield Picture("book-late", f"{home}/?filter=late&sort=biggest")
    yield Picture("book-nobody", f"{home}/?q=زكريا")
    yield Picture("account", account)
    yield Picture("account-open", account, _open_line)
    yield Picture("supplier", shop.supplier)
    yield Picture("correction", account, _open_correction)
    yield Picture("archive", f"{account}/archive")
    yield Picture("carry-over", f"{account}/carry-over?q=محمد")
    yield Picture("carry-over-preview", f"{shop.debtor}/carry-over?q=محمد", _choose_other)
    yield Picture("sheet", account, _open_sheet)
    yield Picture("entry", f"{account}/entries/new?kind=payment")
    yield Picture("entry-refused", f"{account}/entries/new", _send_nothing)
    yield Picture("choose", f"{home}/entries/new")
    yield Picture("due", f"{home}/due")
    yield Picture("due-suppliers", f"{home}/due/suppliers")
    yield Picture("dates", f"{account}/due")
    yield Picture("promise", f"{account}/promises/new")
    yield Picture("plan-new", f"{account}/plans/new", _fill_in_plan)
    yield Picture("remind", f"{shop.debtor}/remind?tone=firm")
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


def _public_pictures(shop: Shop) -> Iterator[Picture]:
    yield Picture("landing", "/")
    yield Picture("stop", shop.stop)
    for name in ("signup", "signin", "recover", "help", "join"):
        yield Picture(name, f"/{name}")


def _take_all(browser: Browser, shop: Shop, language: str) -> None:
    for width, height in SIZES:
        for theme in THEMES:
            for pictures, cookie in ((_pictures(shop), shop.cookie), (_public_pictures(shop), "")):
                page = _page(browser, shop, language, theme, width, height, cookie)
                for picture in pictures:
                    _show(page, picture)
                    page.screenshot(path=INTO / f"{picture.name}-{language}-{width}-{theme}.png")
                page.context.close()


def _take_kept(browser: Browser, shop: Shop) -> None:
    """At four fifths of their size: the README shows three of them side by side."""
    KEPT.mkdir(parents=True, exist_ok=True)
    _take_three(browser, shop, KEPT, scale=0.8)


def _take_for_install(browser: Browser, shop: Shop) -> None:
    """The screenshots of the manifest, and the picture of the landing page's preview."""
    INSTALL.mkdir(parents=True, exist_ok=True)
    _take_three(browser, shop, INSTALL, scale=2)
    wide = _page(browser, shop, "ar", "light", 1280, 800, shop.cookie)
    _show(wide, Picture("wide", shop.account))
    wide.screenshot(path=INSTALL / "wide.png")
    preview = _page(browser, shop, "ar", "light", 1200, 630, "")
    _show(preview, Picture("preview", "/"))
    preview.screenshot(path=INSTALL / "preview.png")
    for page in (wide, preview):
        page.context.close()


def _take_three(browser: Browser, shop: Shop, folder: Path, scale: float) -> None:
    kept = {
        "book": Picture("book", f"{shop.home}/"),
        "account": Picture("account", shop.account),
        "entry": Picture("entry", shop.account, _open_sheet),
    }
    page = _page(browser, shop, "ar", "light", 360, 740, shop.cookie, scale=scale)
    for name, picture in kept.items():
        _show(page, picture)
        page.screenshot(path=folder / f"{name}.png")
    page.context.close()


def _take_troubles(browser: Browser, folder: Path) -> None:
    """Every error page, on a phone: each is brought about anew for each picture."""
    width, height = SIZES[0]
    with a_troubled_place(folder) as place:
        for language, theme, name in product(("en", "ar"), THEMES, TROUBLES):
            page = _phone(browser, language, theme, width, height)
            TROUBLES[name](page, place)
            page.wait_for_selector(".error-page")
            page.evaluate("document.fonts.ready.then(() => null)")
            page.screenshot(path=INTO / f"error-{name}-{language}-{width}-{theme}.png")
            page.context.close()


def _offline_pictures(shop: Shop) -> Iterator[Picture]:
    home, account = shop.home, shop.account
    yield Picture("offline-book", f"{home}/")
    yield Picture("offline-nobody", f"{home}/?q=زكريا")
    yield Picture("offline-account", account, _write_one)
    yield Picture("offline-sheet", account, _open_sheet)
    yield Picture("offline-customer-new", f"{home}/customers/new")
    yield Picture("offline-phone", f"{home}/more/phone")
    yield Picture("offline-more", f"{home}/more")
    yield Picture("offline-away", f"{home}/due")


def _take_offline(browser: Browser, shop: Shop, server: Server) -> None:
    """Phones that have carried the book, and then the server is gone."""
    phones = []
    for language in ("en", "ar"):
        _speak(browser, shop, language)
        for (width, height), theme in product(SIZES, THEMES):
            page = _page(browser, shop, language, theme, width, height, shop.cookie)
            page.goto(f"{shop.home}/")
            carry(page)
            phones.append((page, f"{language}-{width}-{theme}"))
    server.kill()
    for page, look in phones:
        for picture in _offline_pictures(shop):
            _show(page, picture)
            page.screenshot(path=INTO / f"{picture.name}-{look}.png")
        page.context.close()


def _page(
    browser: Browser,
    shop: Shop,
    language: str,
    theme: str,
    width: int,
    height: int,
    cookie: str,
    scale: float = 1,
) -> Page:
    more = {"base_url": shop.origin, "device_scale_factor": scale}
    page = _phone(browser, language, theme, width, height, **more)
    if cookie:
        page.context.add_cookies([{"name": "daftari", "value": cookie, "url": shop.origin}])
    return page


def _phone(
    browser: Browser, language: str, theme: str, width: int, height: int, **more: Any
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale=language,
        **more,
    )
    return context.new_page()


def _show(page: Page, picture: Picture) -> None:
    page.goto(picture.path)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    if picture.step:
        picture.step(page)
    page.wait_for_timeout(100)


def _speak(browser: Browser, shop: Shop, language: str) -> None:
    page = _page(browser, shop, language, "light", 360, 800, shop.cookie)
    page.goto("/account")
    page.check(f"input[name=language][value={language}]", force=True)
    page.click("form[action='/account/language'] button")
    page.wait_for_load_state("networkidle")
    page.context.close()


def _open_sheet(page: Page) -> None:
    page.click(".entry-buttons a.debt")
    page.wait_for_selector("#over[open] [data-keypad]")
    for key in "120+35+50":
        page.click(f"[data-key='{key}']")


def _write_one(page: Page) -> None:
    _open_sheet(page)
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


if __name__ == "__main__":
    main()
