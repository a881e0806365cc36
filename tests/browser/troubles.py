"""Every error page, on a real server, brought about as it happens: for tests and for pictures."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from daftari.db.base import WriteTx
from tests.browser import seed
from tests.server import Server

NO_ROOM = {"DAFTARI_RESERVE_MIB": "1000000"}
A_FORM_ELSEWHERE = '<form method="post" action="{}/language"><button>x</button></form>'
A_LONG_FORM = """() => {
  const made = (tag, more) => Object.assign(document.createElement(tag), more)
  const form = made('form', { method: 'post', action: '/language' })
  form.append(made('textarea', { name: 'n', value: 'x'.repeat(70000) }))
  document.body.append(form)
  form.submit()
}"""


@dataclass(frozen=True, slots=True)
class Place:
    """Two servers, one of them without room on its disk, and the shops that both have."""

    server: Server
    full: Server
    shops: dict[str, seed.Shop]

    def open_shop(self, page: Page, name: str, server: Server | None = None) -> None:
        """As its owner."""
        origin = (server or self.server).origin
        token = self.shops[name].token
        page.context.add_cookies([{"name": "daftari", "value": token, "url": origin}])
        page.goto(f"{origin}{self.shops[name].home}/")


Trouble = Callable[[Page, Place], object]


@contextmanager
def a_troubled_place(folder: Path) -> Iterator[Place]:
    data = folder / "data"
    names = ("sound", "broken", "damaged", "ahead")
    filled = seed.run(seed.fill(data, seed.a_few, _break, seed.nothing, _age))
    shops = dict(zip(names, filled, strict=True))
    os.truncate(next(data.rglob(f"{shops['damaged'].member.shop.id}.db")), 20_000)
    shutil.copytree(data, folder / "full")
    servers = Server(data), Server(folder / "full", settings=NO_ROOM, ready_at="/healthz")
    try:
        for server in servers:
            server.start()
        yield Place(*servers, shops)
    finally:
        for server in servers:
            server.stop()


async def _break(shop: seed.Shop) -> None:
    """Nobody foresees a table that is gone."""
    await shop.databases.shops.write(shop.member.shop.id, _run, "DROP TABLE totals")


async def _age(shop: seed.Shop) -> None:
    await shop.databases.shops.write(shop.member.shop.id, _run, "PRAGMA user_version = 9999")


def _run(tx: WriteTx, statement: str) -> None:
    tx.exec_driver_sql(statement)


def an_unclear_request(page: Page, place: Place) -> None:
    page.set_extra_http_headers({"Purpose": "prefetch"})
    page.goto(f"{place.server.origin}/signin/link/x")
    page.set_extra_http_headers({})


def a_form_of_another_site(page: Page, place: Place) -> None:
    page.set_content(A_FORM_ELSEWHERE.format(place.server.origin))
    page.click("button")


def an_address_of_nothing(page: Page, place: Place) -> None:
    page.goto(f"{place.server.origin}/nowhere")


def a_text_too_long(page: Page, place: Place) -> None:
    page.goto(f"{place.server.origin}/help")
    with page.expect_navigation():
        page.evaluate(A_LONG_FORM)


def too_many_tries(page: Page, place: Place) -> None:
    address = f"{place.server.origin}/signin/link/x"
    while page.request.get(address).status != 429:
        pass
    page.goto(address)


def a_failure_of_ours(page: Page, place: Place) -> None:
    place.open_shop(page, "broken")


def a_damaged_book(page: Page, place: Place) -> None:
    place.open_shop(page, "damaged")


def a_newer_book(page: Page, place: Place) -> None:
    place.open_shop(page, "ahead")


def a_full_disk(page: Page, place: Place) -> None:
    place.open_shop(page, "sound", place.full)
    page.goto(f"{page.url}customers/new")
    page.fill("[name=name]", "جديد")
    page.evaluate("document.querySelector('#customer-form').removeAttribute('data-outbox')")
    page.click("#customer-form button[type=submit]")


TROUBLES: dict[str, Trouble] = {
    "bad_request": an_unclear_request,
    "forbidden": a_form_of_another_site,
    "not_found": an_address_of_nothing,
    "too_large": a_text_too_long,
    "too_many_requests": too_many_tries,
    "unexpected": a_failure_of_ours,
    "shop_damaged": a_damaged_book,
    "shop_ahead": a_newer_book,
    "storage_full": a_full_disk,
}
STATUSES = {400, 403, 404, 413, 429, 500, 503, 507}
