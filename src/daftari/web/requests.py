"""Request bodies: a timeout for slow ones, and status 400 for malformed ones.

Both a weak network and an attacker can send a body that never ends.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any, Final, TypeVar

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ClientException, InternalServerException

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")
BODY_WITHIN: Final = 30.0
LARGEST_FORM: Final = 64 * 1024


class BoundedRequest(AnyRequest):
    """A request whose body must arrive within `BODY_WITHIN` seconds.

    Raises ClientException (400) for a body that is late, incomplete or cannot be decoded.
    """

    async def body(self) -> bytes:
        return await in_time(super().body())

    async def form(self) -> FormMultiDict:
        return await in_time(super().form())


def texts(fields: Mapping[str, object]) -> dict[str, str]:
    """The text fields; a file in a form or a number in JSON is left out."""
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def is_head(request: AnyRequest) -> bool:
    """Whether only the headers of a GET response are asked for."""
    return bool(request.scope["state"].get("is_head"))


def path_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Path and query string of a request, as the browser sent them."""
    scope = connection.scope
    raw = scope.get("raw_path") or scope["path"].encode()
    query = scope.get("query_string", b"")
    return (raw.partition(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")


async def typed_in(request: AnyRequest) -> dict[str, str]:
    """The text fields of the request's form, as typed."""
    return texts(await request.form())


async def json_of(request: AnyRequest) -> dict[str, Any]:
    """The JSON object in the request's body. Raises ClientException: 400."""
    try:
        sent = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise ClientException
    return sent


async def in_time(reading: Awaitable[T], within: float | None = None) -> T:
    """Await a read of the body with a timeout of `within` or `BODY_WITHIN` seconds.

    Raises ClientException (400).
    """
    try:
        async with asyncio.timeout(within or BODY_WITHIN):
            return await reading
    except (TimeoutError, InternalServerException, UnicodeDecodeError, LookupError) as error:
        raise ClientException from error
