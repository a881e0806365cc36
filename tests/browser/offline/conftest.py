"""Phones that outlive their browser, and servers that are killed under them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser import seed
from tests.browser.offline.device import Device
from tests.browser.offline.faults import Proxy
from tests.browser.offline.firefox import Firefox
from tests.server import Server

Devices = Callable[..., Device]


@pytest.fixture(scope="module")
def written(request: pytest.FixtureRequest, data: Path) -> list[seed.Shop]:
    """A shop for each story: a module says how many it has, `SHOPS = 3`."""
    count = getattr(request.module, "SHOPS", 1)
    return seed.run(seed.fill(data, *[seed.a_few] * count))


@pytest.fixture(scope="module")
def untouched(written: list[seed.Shop]) -> Iterator[seed.Shop]:
    return iter(written)


@pytest.fixture
def shop(untouched: Iterator[seed.Shop]) -> seed.Shop:
    return next(untouched)


@pytest.fixture
def server(server: Server) -> Server:
    """Alive again, whatever the story before has done to it."""
    if not server.is_running:
        server.start()
    return server


@pytest.fixture(scope="module")
def behind(data: Path, written: list[seed.Shop]) -> Iterator[tuple[Server, Proxy]]:
    server = Server(data)
    proxy = Proxy(server.port)
    server.front = proxy.port
    server.start()
    with proxy.standing():
        yield server, proxy
    server.stop()


@pytest.fixture
def network(behind: tuple[Server, Proxy]) -> Proxy:
    """What stands between the browsers and a server, and can be made bad."""
    server, proxy = behind
    if not server.is_running:
        server.start()
    return proxy


@pytest.fixture
def device(playwright: Playwright, tmp_path: Path) -> Iterator[Devices]:
    """`device(origin, "name")`: one more phone; whatever still runs at the end is closed."""
    yield from _devices(playwright, tmp_path)


@pytest.fixture(scope="module")
def far_device(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Devices]:
    """The same, for all stories of a module."""
    yield from _devices(playwright, tmp_path_factory.mktemp("devices"))


def _devices(playwright: Playwright, folder: Path) -> Iterator[Devices]:
    with ExitStack() as all_of_them:

        def another(origin: str, name: str = "phone") -> Device:
            made = Device(playwright.chromium, folder / name, origin)
            all_of_them.callback(made.stop)
            return made

        yield another


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Callable[[str], Firefox]]:
    """`firefox(origin)`: a phone with another engine."""
    with ExitStack() as all_of_them:

        def another(origin: str) -> Firefox:
            made = Firefox(tmp_path / "firefox", origin)
            all_of_them.callback(made.stop)
            return made

        yield another
