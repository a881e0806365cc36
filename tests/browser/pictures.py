"""`make pictures`: every page in both themes and three widths, to be looked at by people.

Into ./pictures, which git ignores; three small ones for the README into docs/pictures, and into
docs/pictures/install those that browsers show before the app is installed, and messengers beside a
link. `python -m tests.browser.pictures kept` makes only these; with words such as `ar-360`
and `en-1280-dark` only the looks that have one of them in their name.
"""

import asyncio
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from daftari.db.databases import open_databases
from daftari.db.keys import all_shop_ids
from daftari.kernel.ids import new_id
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.offline.hand import carry
from tests.browser.phone import Phone
from tests.browser.picture_list import (
    Picture,
    Shop,
    offline_pictures,
    open_sheet,
    pictures_of,
    public_pictures,
    write_dollars,
    write_goods,
)
from tests.browser.seed import make_it_noon, settings_of
from tests.browser.troubles import TROUBLES, a_troubled_place
from tests.server import Server

ROOT = Path(__file__).parents[2]
INTO = ROOT / "pictures"
KEPT = ROOT / "docs" / "pictures"
INSTALL = KEPT / "install"
SIZES = ((360, 800), (320, 640), (1280, 800))
THEMES = ("light", "dark")
OWNERS_PHONE = "+966500009999"


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
    shop = _write(browser, _remind(browser, shop))
    for language in ("en", "ar"):
        _speak(browser, shop, language)
        _take_all(browser, shop, server, language)
    _take_first_minutes(browser, shop.origin)
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


def _sign_in_anew(browser: Browser, server: Server) -> str:
    """The cookie of a fresh session: some pages ask for one."""
    told = server.command("signin-link", OWNERS_PHONE).stdout
    context = browser.new_context()
    context.new_page().goto(told.split()[-1])
    cookie = next(one["value"] for one in context.cookies() if one["name"] == "daftari")
    context.close()
    return str(cookie)


def _is_wanted(look: str) -> bool:
    words = sys.argv[1:]
    return not words or any(word in look for word in words)


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
    stop = re.search(r"/stop/\S+", page.locator(".message-text").inner_text())
    answered = page.request.post(
        f"{debtor}/reminders",
        form={"id": new_id(), "channel": "whatsapp", "tone": "firm"},
        headers={"Origin": shop.origin},
    )
    page.context.close()
    assert stop
    message = answered.url.removeprefix(shop.origin)
    return replace(shop, debtor=debtor or "", message=message, stop=stop[0])


def _write(browser: Browser, shop: Shop) -> Shop:
    """A debt of goods and a payment in dollars: their own pages."""
    page = _page(browser, shop, "ar", "light", 360, 800, shop.cookie)
    written = [_written(page, shop, write) for write in (write_goods, write_dollars)]
    page.context.close()
    return replace(shop, with_goods=written[0], in_dollars=written[1])


def _written(page: Page, shop: Shop, write: Callable[[Page], object]) -> str:
    page.goto(shop.account)
    page.wait_for_load_state("networkidle")
    newest = page.locator("article.entry:not([data-state])").first
    before = newest.get_attribute("id")
    write(page)
    page.click("[data-confirm-button]")
    page.wait_for_selector("#over:not([open])", state="attached")
    while (after := newest.get_attribute("id") or "") == before:
        page.wait_for_timeout(500)
        page.goto(shop.account)
    return f"{shop.home}/entries/{after.removeprefix('entry-')}"


def _take_all(browser: Browser, shop: Shop, server: Server, language: str) -> None:
    for (width, height), theme in product(SIZES, THEMES):
        look = f"{language}-{width}-{theme}"
        if not _is_wanted(look):
            continue
        cookie_of_now = _sign_in_anew(browser, server)
        for pictures, cookie in ((pictures_of(shop), cookie_of_now), (public_pictures(shop), "")):
            page = _page(browser, shop, language, theme, width, height, cookie)
            for picture in pictures:
                _show(page, picture)
                _take(page, picture.name, look)
            page.context.close()


def _take(page: Page, name: str, look: str) -> None:
    """On the narrowest phone the whole page, else what is in sight."""
    is_narrow = page.viewport_size == {"width": 320, "height": 640}
    page.screenshot(path=INTO / f"{name}-{look}.png", full_page=is_narrow)


def _take_first_minutes(browser: Browser, origin: str) -> None:
    """Books that are opened for it: the tour, the codes to be kept, and what the phone knows."""
    for number, (language, theme) in enumerate(product(("en", "ar"), THEMES)):
        look = f"{language}-{SIZES[0][0]}-{theme}"
        if not _is_wanted(look):
            continue
        page = _phone(browser, language, theme, *SIZES[0], base_url=origin)
        phone = Phone.in_hand(page.context, page, origin)
        phone.authenticator()
        phone.signup(number=f"05077700{number:02}")
        _take(page, "book-empty", look)
        page.goto(f"{page.url}due")
        _take(page, "due-empty", look)
        page.goto("/")
        page.click(".empty a.button")
        _take(page, "customer-first", look)
        phone.add("أبو علي")
        _take(page, "account-empty", look)
        page.goto("/")
        _take(page, "codes-reminder", look)
        page.click("#codes-reminder a")
        page.click("form[action='/recovery-codes'] button")
        page.wait_for_selector("#codes code")
        _take(page, "codes-made", look)
        page.context.clear_cookies(name="daftari")
        page.goto("/signup")
        _take(page, "known-browser", look)
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
    wide.wait_for_selector("#book #list .row")
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
        "entry": Picture("entry", shop.account, open_sheet),
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
            look = f"{language}-{width}-{theme}"
            if not _is_wanted(look):
                continue
            page = _phone(browser, language, theme, width, height)
            TROUBLES[name](page, place)
            page.wait_for_selector(".error-page")
            page.evaluate("document.fonts.ready.then(() => null)")
            page.screenshot(path=INTO / f"error-{name}-{look}.png")
            page.context.close()


def _take_offline(browser: Browser, shop: Shop, server: Server) -> None:
    """Phones that have carried the book, and then the server is gone."""
    phones = []
    for language in ("en", "ar"):
        _speak(browser, shop, language)
        for (width, height), theme in product(SIZES, THEMES):
            look = f"{language}-{width}-{theme}"
            if not _is_wanted(look):
                continue
            page = _page(browser, shop, language, theme, width, height, shop.cookie)
            page.goto(f"{shop.home}/")
            carry(page)
            phones.append((page, look))
    server.kill()
    for page, look in phones:
        for picture in offline_pictures(shop):
            _show(page, picture)
            _take(page, picture.name, look)
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
    page.wait_for_load_state("networkidle")
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


if __name__ == "__main__":
    main()
