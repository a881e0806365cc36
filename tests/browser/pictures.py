"""`make pictures`: every page in both themes and two widths, to be looked at by people.

Into ./pictures, which git ignores; three small ones for the README into docs/pictures.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.server import Server

ROOT = Path(__file__).parents[2]
INTO = ROOT / "pictures"
KEPT = ROOT / "docs" / "pictures"
SIZES = ((360, 800), (1280, 800))
THEMES = ("light", "dark")
Step = Callable[[Page], object]


@dataclass(frozen=True)
class Shop:
    """The demo's shop: where it is, two of its accounts, and the cookie of its owner."""

    origin: str
    home: str
    account: str
    supplier: str
    cookie: str


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
        _demo(Path(folder) / "data") as (origin, link),
        sync_playwright() as playwright,
    ):
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shop = _sign_in(browser, origin, link)
        for language in ("en", "ar"):
            _speak(browser, shop, language)
            _take_all(browser, shop, language)
        _take_kept(browser, shop)
        browser.close()
    print(f"Pictures in {INTO}")


@contextmanager
def _demo(data: Path) -> Iterator[tuple[str, str]]:
    """A served shop full of entries; its address, and the link that signs its owner in."""
    server = Server(data)
    told = server.command("demo", "--customers", "60", "--seed", "7")
    found = re.search(r"http\S+/signin/link/\S+", told.stdout)
    assert found, told.stdout + told.stderr
    server.start()
    try:
        yield server.origin, found[0]
    finally:
        server.stop()


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


def _pictures(shop: Shop) -> Iterator[Picture]:
    home, account = shop.home, shop.account
    yield Picture("book", f"{home}/")
    yield Picture("book-late", f"{home}/?filter=late&sort=biggest")
    yield Picture("book-nobody", f"{home}/?q=زكريا")
    yield Picture("account", account)
    yield Picture("account-open", account, _open_line)
    yield Picture("supplier", shop.supplier)
    yield Picture("sheet", account, _open_sheet)
    yield Picture("entry", f"{account}/entries/new?kind=payment")
    yield Picture("entry-refused", f"{account}/entries/new", _send_nothing)
    yield Picture("choose", f"{home}/entries/new")
    yield Picture("due", f"{home}/due")
    yield Picture("customer-new", f"{home}/customers/new")
    yield Picture("customer-edit", f"{account}/edit")
    for name in ("more", "more/shop", "more/country"):
        yield Picture(name.replace("/", "-"), f"{home}/{name}")
    yield Picture("you", "/account")
    yield Picture("codes", "/recovery-codes")
    yield Picture("passkey-new", "/account/passkeys/new")
    yield Picture("missing", f"{home}/nowhere")


def _public_pictures() -> Iterator[Picture]:
    yield Picture("landing", "/")
    for name in ("signup", "signin", "recover", "help"):
        yield Picture(name, f"/{name}")


def _take_all(browser: Browser, shop: Shop, language: str) -> None:
    for width, height in SIZES:
        for theme in THEMES:
            for pictures, cookie in ((_pictures(shop), shop.cookie), (_public_pictures(), "")):
                page = _page(browser, shop, language, theme, width, height, cookie)
                for picture in pictures:
                    _show(page, picture)
                    page.screenshot(path=INTO / f"{picture.name}-{language}-{width}-{theme}.png")
                page.context.close()


def _take_kept(browser: Browser, shop: Shop) -> None:
    """At four fifths of their size: the README shows three of them side by side."""
    KEPT.mkdir(parents=True, exist_ok=True)
    kept = {
        "book": Picture("book", f"{shop.home}/"),
        "account": Picture("account", shop.account),
        "entry": Picture("entry", shop.account, _open_sheet),
    }
    page = _page(browser, shop, "ar", "light", 360, 740, shop.cookie, scale=0.8)
    for name, picture in kept.items():
        _show(page, picture)
        page.screenshot(path=KEPT / f"{name}.png")
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
    context = browser.new_context(
        base_url=shop.origin,
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale=language,
    )
    if cookie:
        context.add_cookies([{"name": "daftari", "value": cookie, "url": shop.origin}])
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
    page.click(".deeds a.debt")
    page.wait_for_selector("#over[open] [data-keypad]")
    for key in "120+35+50":
        page.click(f"[data-key='{key}']")


def _open_line(page: Page) -> None:
    page.locator("summary.entry-body").first.click()


def _send_nothing(page: Page) -> None:
    page.click("[data-confirm-button]")
    page.wait_for_selector("[data-error]")


if __name__ == "__main__":
    main()
