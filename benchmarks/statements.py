"""How many SQL statements a request runs in its shop's file, with some rows and with twice as many.

The entry is a debt of today on an account of yesterday: what a replay changes depends on what was
written that day, and not on how much.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from sqlalchemy import Engine, event

from benchmarks.books import add_account, enter, make_book, settings_for
from benchmarks.client import as_a_browser
from daftari.app import create_app
from daftari.db.databases import Databases
from daftari.kernel.ids import new_id
from daftari.web.logs import configure_logs

FEW = 20
_ORIGIN = "http://localhost:8000"
_Ask = Callable[..., Awaitable[httpx.Response]]


def count_statements() -> dict[str, tuple[int, int]]:
    """For each request: how many with 20 rows, and how many with 40."""
    with TemporaryDirectory() as folder, open(os.devnull, "wb") as nowhere:
        configure_logs(nowhere)
        return asyncio.run(_count(Path(folder)))


async def _count(folder: Path) -> dict[str, tuple[int, int]]:
    app = create_app(replace(settings_for(folder), origin=_ORIGIN, worker=False))
    async with app.lifespan():
        state = app.state
        databases = Databases(state.control, state.shops, state.storage, state.derived)
        shop_id = await make_book(databases, FEW - 1, 0)
        member, token = await enter(databases, shop_id)
        asgi: Any = app  # httpx and Litestar name the types of ASGI differently
        endpoint, said = httpx.ASGITransport(asgi), as_a_browser(8000, token)
        async with httpx.AsyncClient(transport=endpoint, base_url=_ORIGIN, headers=said) as browser:
            few = await _asked(browser, databases, shop_id, member, FEW)
            for _ in range(FEW):
                await databases.shops.write(shop_id, add_account, member, 1, _yesterday())
            twice = await _asked(browser, databases, shop_id, member, 2 * FEW)
    return {name: (few[name], twice[name]) for name in few}


async def _asked(
    browser: httpx.AsyncClient, databases: Databases, shop_id: str, member: Any, lines: int
) -> dict[str, int]:
    customer_id = await databases.shops.write(shop_id, add_account, member, lines, _yesterday())
    file = await databases.shops.read(shop_id, lambda tx: tx.engine)
    home = f"/s/{shop_id}"
    account = f"{home}/customers/{customer_id}"
    debt = {"id": new_id(), "kind": "debt", "amount": "12.50"}
    return {
        "book": await _statements_of(file, browser.get, f"{home}/"),
        "account": await _statements_of(file, browser.get, f"{account}?rows=200"),
        "entry": await _statements_of(file, browser.post, f"{account}/entries", data=debt),
    }


def _yesterday() -> datetime:
    return datetime.now(UTC) - timedelta(days=1)


async def _statements_of(file: Engine, ask: _Ask, path: str, **more: Any) -> int:
    with _counting(file) as statements:
        answer = await ask(path, **more)
    assert answer.status_code in (200, 303), (path, answer.status_code)
    return len(statements)


@contextmanager
def _counting(file: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    event.listen(file, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(file, "before_cursor_execute", note)
