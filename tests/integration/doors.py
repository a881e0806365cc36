"""The doors of the program, made from its route table, and what can be told from an answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from litestar.routes import HTTPRoute

from daftari.accounts.rules import Deed
from daftari.app import create_app
from daftari.settings import Settings

Ids = dict[str, str]


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one route."""

    method: str
    route: str
    opt: dict[str, object]

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def deed(self) -> str:
        return str(self.opt.get("may", Deed.READ_BOOK))

    def path(self, ids: Ids) -> str:
        return re.sub(r"\{(\w+):\w+\}", lambda found: ids[found[1]], self.route)

    @property
    def places(self) -> list[str]:
        """What in the path is an id: shop, customer, entry …"""
        return re.findall(r"\{(\w+):\w+\}", self.route)

    async def knock(
        self, browser: httpx.AsyncClient, ids: Ids, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """An empty form: whoever may come in is told what is missing, the others nothing."""
        typed = {"data": {"name": ""}} if self.method == "POST" else {}
        return await browser.request(self.method, self.path(ids), headers=headers, **typed)


def doors() -> Iterator[Door]:
    app = create_app(Settings(data=Path("nowhere")))
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            for method in handler.http_methods:
                yield Door(method, route.path, dict(handler.opt))


DOORS = sorted(doors(), key=str)


async def looks_the_same(
    door: Door,
    browser: httpx.AsyncClient,
    one: Ids,
    other: Ids,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    first, second = [await door.knock(browser, ids, headers) for ids in (one, other)]
    assert _face(first, one) == _face(second, other), str(door)
    return first


def _face(answer: httpx.Response, ids: Ids) -> tuple[int, dict[str, str], str]:
    """The answer without what differs in any two answers, and without the ids that were asked."""
    headers = {n: v for n, v in answer.headers.items() if n != "x-request-id"}
    body = answer.text
    for name, value in ids.items():
        body = body.replace(value, f"<{name}>")
    return answer.status_code, headers, body


def is_refused(answer: httpx.Response) -> bool:
    told = "data-error" in answer.text or '"error":"refused"' in answer.text
    return answer.status_code == 422 and told
