"""The doors of the program, made from its route table, and what can be told from an answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from litestar.routes import HTTPRoute

from daftari.app import create_app
from daftari.identity.rules import Permission
from daftari.settings import Settings

Ids = dict[str, str]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one route."""

    method: str
    route: str
    opt: dict[str, object]

    def __str__(self) -> str:
        return f"{self.method} {self.route}"

    @property
    def permission(self) -> str:
        return str(self.opt.get("may", Permission.READ_BOOK))

    def path(self, ids: Ids) -> str:
        return re.sub(r"\{(\w+):\w+\}", lambda found: ids[found[1]], self.route)

    @property
    def places(self) -> list[str]:
        """What in the path is an id: shop, customer, entry …"""
        return re.findall(r"\{(\w+):\w+\}", self.route)

    async def request(
        self, browser: httpx.AsyncClient, ids: Ids, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        """An empty form: whoever may come in is told what is missing, the others nothing."""
        typed = {"name": ""} if self.method == "POST" else None
        return await browser.request(self.method, self.path(ids), headers=headers, data=typed)


def endpoints() -> Iterator[Endpoint]:
    app = create_app(Settings(data=Path("nowhere")))
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            for method in handler.http_methods:
                yield Endpoint(method, route.path, dict(handler.opt))


ENDPOINTS = sorted(endpoints(), key=str)


async def looks_the_same(
    endpoint: Endpoint,
    browser: httpx.AsyncClient,
    one: Ids,
    other: Ids,
    headers: dict[str, str] | None = None,
) -> httpx.Response:
    first, second = [await endpoint.request(browser, ids, headers) for ids in (one, other)]
    assert _appearance(first, one) == _appearance(second, other), str(endpoint)
    return first


def _appearance(answer: httpx.Response, ids: Ids) -> tuple[int, dict[str, str], str]:
    """The answer without what differs in any two answers, and without the ids that were asked."""
    headers = {n: v for n, v in answer.headers.items() if n != "x-request-id"}
    body = answer.text
    for name, value in ids.items():
        body = body.replace(value, f"<{name}>")
    return answer.status_code, headers, body


def is_refused(answer: httpx.Response) -> bool:
    told = "data-error" in answer.text or '"error":"refused"' in answer.text
    return answer.status_code == 422 and told
