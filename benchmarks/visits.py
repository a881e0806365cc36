"""What a first and a second visit to the book weigh on the way, in real Chromium."""

import os
import shutil
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.books import Book
from benchmarks.servers import Server

_QUIET = 800


@dataclass(slots=True)
class Visit:
    """Bytes on the wire, heads included, and requests that went over it."""

    bytes: int = 0
    requests: int = 0
    _from_cache: set[str] = field(default_factory=set)


def weigh_visits(server: Server, book: Book) -> tuple[Visit, Visit] | None:
    """With an empty cache, and once more with the cache it left; None without a Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            return _visit_twice(browser, server, book)
        finally:
            browser.close()


def _visit_twice(browser: Browser, server: Server, book: Book) -> tuple[Visit, Visit]:
    """The session's cookie is laid into an empty browser: signing in would fill its cache."""
    origin = f"http://localhost:{server.port}"
    phone = browser.new_context(viewport={"width": 360, "height": 800}, locale="ar")
    phone.add_cookies([{"name": "daftari", "value": book.token, "url": origin}])
    address = f"{origin}/s/{book.shop_id}/"
    return _visit(phone.new_page(), address), _visit(phone.new_page(), address)


def _visit(page: Page, address: str) -> Visit:
    visit = Visit()
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestServedFromCache", lambda told: visit._from_cache.add(told["requestId"]))
    wire.on("Network.loadingFinished", lambda told: _arrived(visit, told))
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(_QUIET)
    assert page.locator("#list li").count() == 50
    page.close()
    return visit


def _arrived(visit: Visit, told: dict[str, Any]) -> None:
    length = int(told["encodedDataLength"])
    if length and told["requestId"] not in visit._from_cache:
        visit.bytes += length
        visit.requests += 1
