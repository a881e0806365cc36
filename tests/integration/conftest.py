"""The whole program on a fresh data folder, a clock that can be moved, and browsers that knock."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from daftari.app import create_app
from daftari.db.databases import open_databases
from daftari.kernel.clock import Clock
from daftari.kernel.ids import new_id
from daftari.settings import Settings

ORIGIN = "http://localhost:8000"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OWN_PAGE = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}


class StandingClock(Clock):
    """Stands at nine in the morning until somebody moves it."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """`clock.move(days=3)`"""
        self.at += timedelta(**by)
        return self.at


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as the first start and the first shop leave it, with the template of all shops.

    It is copied, which is quicker than migrating: that was half of what these tests cost.
    """
    data = tmp_path_factory.mktemp("empty-house") / "data"
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, _prepare(data)).result()
    return data


async def _prepare(data: Path) -> None:
    settings = Settings(data=data, master_key_file=data / "master.key", reserve_bytes=0)
    async with open_databases(settings) as databases:
        await databases.shops.create(new_id())
    shutil.rmtree(data / "shops")


def copy_data_folder(databases: Path, data: Path) -> None:
    """The ballast is large, and nobody writes into it."""

    def copy(source: str, target: str) -> None:
        (os.link if source.endswith("/ballast") else shutil.copy2)(source, target)

    shutil.copytree(databases, data, copy_function=copy)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    return Settings(
        data=data, origin=ORIGIN, master_key_file=data / "master.key", reserve_bytes=0, worker=False
    )


@pytest.fixture(scope="session")
def program() -> Litestar:
    """Put together once: that takes longer than most tests. It lives anew in each of them."""
    return create_app(Settings(origin=ORIGIN, worker=False))


@pytest.fixture
async def app(
    program: Litestar, settings: Settings, clock: StandingClock, empty_installation: Path
) -> AsyncIterator[Litestar]:
    """The program, alive, in the test's own loop, on a data folder of the test's own."""
    copy_data_folder(empty_installation, settings.data)
    alive = program if settings.origin == ORIGIN else create_app(settings)
    alive.state.settings, alive.state.clock = settings, clock
    await alive.state.visits.delete_all()
    started, ended = asyncio.Event(), asyncio.Event()
    life = asyncio.create_task(live(alive, started, ended))
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
    if waiting.cancel():
        await life
    yield alive
    ended.set()
    await life


async def live(app: Litestar, started: asyncio.Event, ended: asyncio.Event) -> None:
    """A fixture begins and ends in two tasks; a lifespan insists on one."""
    async with app.lifespan():
        started.set()
        await ended.wait()


@pytest.fixture
async def browser(app: Litestar) -> AsyncIterator[Callable[..., httpx.AsyncClient]]:
    """`browser()` is one more browser with cookies of its own; `browser(address='…')` elsewhere."""
    async with AsyncExitStack() as stack:

        def another(address: str = "192.0.2.1", **headers: str) -> httpx.AsyncClient:
            served: Any = app  # Litestar's types of ASGI are narrower than httpx's
            endpoint = httpx.ASGITransport(
                served, raise_app_exceptions=False, client=(address, 50000)
            )
            all_headers = {"Accept": "text/html", **OWN_PAGE, **headers}
            made = httpx.AsyncClient(transport=endpoint, base_url=ORIGIN, headers=all_headers)
            stack.push_async_callback(made.aclose)
            return made

        yield another


@pytest.fixture
def client(browser: Callable[..., httpx.AsyncClient]) -> httpx.AsyncClient:
    """A browser on one of our own pages, not signed in. It does not follow redirects by itself."""
    return browser()
