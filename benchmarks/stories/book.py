"""The book in which the stories are told: the demo's shop, with 300 customers."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page

from benchmarks.servers import serving_daftari
from benchmarks.stories.slow_phone import PATIENCE_MS

CUSTOMERS = 300
_ENTRIES_EACH = 10


@dataclass(frozen=True, slots=True)
class Book:
    """Where the shop is, its owner's session, and whom the stories are about.

    `debtor`: an account with something late on it; `willing`: those of who is late and may be
    reminded now, of nobody in the shop's quiet hours; `sought`: somebody's name, of which `letters`
    are enough to find him first.
    """

    origin: str
    home: str
    token: str
    debtor: str
    willing: tuple[str, ...]
    sought: str
    letters: str


@contextmanager
def a_book(browser: Browser) -> Iterator[Book]:
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        link = _make(data)
        with serving_daftari(data) as server:
            yield _look_around(browser, f"http://localhost:{server.port}", link)


def _make(data: Path) -> str:
    """Write the book; the path of the link that signs its owner in."""
    command = [str(Path(sys.executable).parent / "daftari"), "demo"]
    sizes = ["--customers", str(CUSTOMERS), "--entries-each", str(_ENTRIES_EACH)]
    environment = {**os.environ, "DAFTARI_DATA": str(data)}
    told = subprocess.run(
        [*command, *sizes], env=environment, capture_output=True, text=True, check=True
    )
    link = re.search(r"/signin/link/\S+", told.stdout)
    assert link, told.stdout + told.stderr
    return link[0]


def _look_around(browser: Browser, origin: str, link: str) -> Book:
    context = browser.new_context(base_url=origin, locale="ar")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(link)
    token = next(one["value"] for one in context.cookies() if one["name"] == "daftari")
    page.goto("/")
    home = page.url.removeprefix(origin).rstrip("/")
    late = _accounts(page, f"{home}/?filter=late")
    willing = tuple(account for account in late if _may_remind(page, account))
    page.goto(f"{home}/?sort=name")
    sought = page.locator("#list .row > a bdi").nth(30).inner_text().strip()
    letters = _enough(page, home, sought)
    found = Book(origin, home, token, late[0], willing, sought, letters)
    context.close()
    return found


def _accounts(page: Page, path: str) -> list[str]:
    page.goto(path)
    links = page.locator("#list .row > a").all()
    return [link.get_attribute("href") or "" for link in links]


def _may_remind(page: Page, account: str) -> bool:
    return 'class="confirm-form"' in page.request.get(f"{account}/remind").text()


def _enough(page: Page, home: str, name: str) -> str:
    """The beginning of a name by which its owner is the first that is found."""
    for length in range(2, len(name)):
        page.goto(f"{home}/?q={name[:length]}")
        if page.locator("#list .row > a bdi").first.inner_text().strip() == name:
            return name[:length].rstrip()
    return name
