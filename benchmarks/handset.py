"""The phone's side, in real Chromium: what an entry, the book and a search cost there.

The book is the one of 5,000 customers. Where it is said, the processor is slowed down four times
(CDP, `Emulation.setCPUThrottlingRate`), as on a phone of a few years ago.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import brotli
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

from benchmarks.books import Book
from benchmarks.servers import Server, serving_daftari
from daftari.offline.pages.worker import BOOK, modules_of
from daftari.web.assets import Assets

SLOWER = 4
STORED, ANSWERED, KEYS = 25, 6, "عبدالرحمن"
QUEUE = 300
_QUIET = 4000

_BOOK = """async (args) => {
  const page = document.querySelector('script[type=module][src*="/js/"]').src
  const phone = await import(page.replace(/js\\/.*/, 'js/phone/phone.js'))
  const book = await phone.openBook(phone.here ?? (await phone.listBooks())[0])
  const add = (minor) => book.add('record_entry', {id: crypto.randomUUID(),
    customer_id: args[0], kind: 'debt', amount_minor: minor, currency: 'SAR'})
"""
_CARRY = """
  const began = performance.now()
  const {trouble} = await book.pull()
  return {trouble, ms: performance.now() - began}
}"""
_ADD = """
  const took = []
  for (let n = 1; n <= args[1]; n++) {
    const began = performance.now()
    await add(n)
    took.push(performance.now() - began)
  }
  return took
}"""
_DRAIN = """
  const began = performance.now()
  const {left} = await book.drain()
  return {left, ms: performance.now() - began}
}"""
# From the press of the button to the frame in which the row stands on the page.
_ANSWER = """() => {
  window.answered = new Promise((resolve) => {
    let began
    addEventListener('click', () => { began ??= performance.now() }, {capture: true, once: true})
    new MutationObserver((changes, seen) => {
      if (!changes.some(({addedNodes}) => [...addedNodes].some((it) => it.dataset?.state))) return
      seen.disconnect()
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    }).observe(document.getElementById('lines'), {childList: true, subtree: true})
  })
}"""
_KEYS = """(letters) => {
  const field = document.querySelector('.search [name=q]')
  return [...letters].map((letter) => {
    field.value += letter
    const began = performance.now()
    field.dispatchEvent(new Event('input', {bubbles: true}))
    return performance.now() - began
  })
}"""


@dataclass(slots=True)
class Handset:
    """Milliseconds, kB packed by Brotli, batches. `slow`: at a quarter of the speed."""

    size_kb: float
    stored_slow: float = 0
    answered_slow: float = 0
    carried: float = 0
    key_slow: float = 0
    drained: float = 0
    batches: int = 0
    opened: float = 0


def measure_handset(data: Path, book: Book) -> Handset | None:
    """On a server of its own, which is dead in the end; None without a Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        return None
    found = Handset(_weigh())
    with serving_daftari(data) as server, _phone(chromium, server, book) as context:
        page = context.pages[0]
        home = f"/s/{book.shop_id}"
        account = f"{home}/customers/{book.customers[0]}"
        _carry(page, home, found)
        _write(page, book, account, found)
        _drain(page, book, home, found)
        server.stop()
        _open(page, home, found)
    return found


def _weigh() -> float:
    """All that outbox, worker and offline book are made of, file by file as they are served."""
    built = Assets.read()
    worker = [path for path in built.paths if path.startswith("js/worker/")]
    files = [*modules_of(BOOK, built.content), *worker]
    return sum(len(brotli.compress(built.content(path))) for path in files) / 1000


@contextmanager
def _phone(chromium: str, server: Server, book: Book) -> Iterator[BrowserContext]:
    origin = f"http://localhost:{server.port}"
    with tempfile.TemporaryDirectory() as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium,
            args=["--no-sandbox"],
            base_url=origin,
            viewport={"width": 360, "height": 800},
            locale="ar",
        )
        context.add_cookies([{"name": "daftari", "value": book.token, "url": origin}])
        yield context
        context.close()


def _ask(page: Page, work: str, *words: Any) -> Any:
    return page.evaluate(_BOOK + work, list(words))


@contextmanager
def _slow(page: Page) -> Iterator[None]:
    wire = page.context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def _carry(page: Page, home: str, found: Handset) -> None:
    """The whole book, fetched and stored; before the page itself would think of it."""
    page.route("**/snapshot*", lambda route: route.abort())
    page.goto(f"{home}/more")
    page.unroute("**/snapshot*")
    told = _ask(page, _CARRY, "")
    assert told["trouble"] is None, told
    found.carried = told["ms"]
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")


def _write(page: Page, book: Book, account: str, found: Handset) -> None:
    """Stored on a page that draws nothing of it; then, when all is sent, through the sheet."""
    with _slow(page):
        found.stored_slow = median(_ask(page, _ADD, book.customers[0], STORED))
    page.goto(account)
    page.wait_for_selector("#lines .entry")
    with _slow(page):
        found.answered_slow = median(_enter(page) for _ in range(ANSWERED))


def _enter(page: Page) -> float:
    """7.00 through the sheet, on its own keypad, on a page that has come to rest."""
    page.wait_for_timeout(_QUIET)
    page.click(".entry-buttons a.debt")
    page.wait_for_selector("#over[open] [data-keypad]")
    page.click("[data-key='7']")
    page.evaluate(_ANSWER)
    page.click("[data-confirm-button]")
    took = float(page.evaluate("() => window.answered"))
    page.wait_for_selector("#over:not([open])", state="attached")
    return took


def _drain(page: Page, book: Book, home: str, found: Handset) -> None:
    """What was written on a page that sends nothing by itself, in one go."""
    page.goto(f"{home}/more")
    page.wait_for_timeout(_QUIET)
    _ask(page, _ADD, book.customers[0], QUEUE)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(_batch_in(request)))
    told = _ask(page, _DRAIN, book.customers[0])
    assert told["left"] == 0, told
    found.drained = told["ms"]
    found.batches = len([batch for batch in sent if batch])


def _batch_in(request: Request) -> str:
    """What is brought to the book; nothing where only the way is tried."""
    batch = (request.post_data or "") if request.url.endswith("/sync") else ""
    return "" if '"items":[]' in batch else batch


def _open(page: Page, home: str, found: Handset) -> None:
    """The server is dead."""
    began = time.perf_counter()
    page.goto(f"{home}/")
    page.wait_for_selector("#list .row")
    found.opened = (time.perf_counter() - began) * 1000
    with _slow(page):
        found.key_slow = max(page.evaluate(_KEYS, KEYS))
