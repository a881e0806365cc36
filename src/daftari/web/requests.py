"""A request from a weak network or from somebody who means harm: its body is waited for, not for
ever, and what cannot be read is unclear, not a failure of ours."""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any, Final, TypeVar

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ClientException, InternalServerException

AnyRequest = Request[Any, Any, Any]
T = TypeVar("T")
BODY_WITHIN: Final = 30.0
LARGEST_FORM: Final = 64 * 1024


class BoundedRequest(AnyRequest):
    """Raises ClientException (400) for a body that never ends, breaks off or cannot be decoded."""

    async def body(self) -> bytes:
        return await in_time(super().body())

    async def form(self) -> FormMultiDict:
        return await in_time(super().form())


def texts(fields: Mapping[str, object]) -> dict[str, str]:
    """The fields that are text: a file in a form, a number in JSON, count as not there."""
    return {name: value for name, value in fields.items() if isinstance(value, str)}


async def typed_in(request: AnyRequest) -> dict[str, str]:
    """The fields of the form that was sent, as typed."""
    return texts(await request.form())


async def json_of(request: AnyRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises ClientException: 400."""
    try:
        sent = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise ClientException
    return sent


async def in_time(reading: Awaitable[T], within: float | None = None) -> T:
    """What is read of a body, `BODY_WITHIN` seconds at most. Raises ClientException (400)."""
    try:
        async with asyncio.timeout(within or BODY_WITHIN):
            return await reading
    except (TimeoutError, InternalServerException, UnicodeDecodeError, LookupError) as error:
        raise ClientException from error
