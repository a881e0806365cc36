"""Chromium, a server of one's own for each module, and phones that must end without a complaint."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, program
from tests.browser.phone import PATIENCE_MS, Phone
from tests.browser.seed import Shop
from tests.server import Server

Visit = Callable[..., Phone]

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program(), args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the module's server."""
    return tmp_path_factory.mktemp("browser") / "data"


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    """The books that are there when the server starts; a module may have its own."""
    return []


@pytest.fixture(scope="module")
def server(data: Path, written: list[Shop]) -> Iterator[Server]:
    server = Server(data)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def visit(chromium: Browser, server: Server) -> Iterator[Visit]:
    """`visit(width=…, java_script_enabled=False, …)`: one more phone; all must end quiet."""
    phones: list[Phone] = []

    def another(**options: Any) -> Phone:
        phones.append(Phone.new(chromium, server.origin, **options))
        return phones[-1]

    yield another
    for phone in phones:
        phone.context.close()
    for phone in phones:
        phone.assert_quiet()


@pytest.fixture
def shop(written: list[Shop]) -> Shop:
    """The first of the module's books."""
    return written[0]


@pytest.fixture
def phone(visit: Visit, shop: Shop) -> Phone:
    """Signed in as the shop's owner."""
    made = visit()
    made.sign_in_as(shop.token)
    return made
