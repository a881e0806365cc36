"""Doors that only these tests have: each goes wrong in its own way."""

from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar, Request, Response, get, post
from litestar.exceptions import ClientException, NotAuthorizedException
from litestar.params import FromPath

from daftari.app import create_app
from daftari.db.connection import StorageFull
from daftari.db.shops import ShopAhead, ShopDamaged, ShopUnknown
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.settings import Settings
from daftari.web.hx import redirect_after_post
from daftari.web.rate_limit import limited
from tests.integration.conftest import ORIGIN

SECRET = "أبو علي +966501234567"


class Unforeseen(Exception):
    """What nobody thought of."""


TROUBLES: dict[str, Callable[[], Exception]] = {
    "unforeseen": lambda: Unforeseen(SECRET),
    "client": lambda: ClientException(SECRET),
    "stranger": lambda: NotAuthorizedException(SECRET),
    "refused": lambda: Refusal(form=Reason("language_unknown")),
    "conflict": lambda: Conflict(form="language_unknown"),
    "missing": lambda: Missing(SECRET),
    "unknown": lambda: ShopUnknown(SECRET),
    "damaged": lambda: ShopDamaged(SECRET),
    "ahead": lambda: ShopAhead(SECRET),
    "full": lambda: StorageFull(),
}


@get("/trouble/{kind:str}", public=True)
async def trouble(kind: FromPath[str]) -> Response[str]:
    raise TROUBLES[kind]()


@post("/act", public=True)
async def act(request: Request[Any, Any, Any]) -> Response[bytes]:
    await request.form()
    return redirect_after_post(request, "/done")


@get("/private")
async def private() -> Response[str]:
    return Response("for the shop only")


@get("/for-back", public=True, is_for_back=True)
async def for_back(request: Request[Any, Any, Any]) -> Response[str]:
    if "wrong" in request.query_params:
        raise Missing(SECRET)
    return Response("a page of the book")


@get("/narrow", public=True, middleware=[limited(2)])
async def narrow() -> Response[str]:
    return Response("come in")


@get("/long", public=True)
async def long(request: Request[Any, Any, Any]) -> Response[bytes]:
    from daftari.web.compression import compress

    content, headers = compress(request, b"<li>0</li>" * 200)
    return Response(content, media_type="text/html", headers=headers)


@pytest.fixture(scope="session")
def program() -> Litestar:
    """A program of its own, with these doors beside the real ones."""
    made = create_app(Settings(origin=ORIGIN))
    for endpoint in (trouble, act, private, for_back, narrow, long):
        made.register(endpoint)
    return made
