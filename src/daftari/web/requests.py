"""A request from a weak network or from somebody who means harm: its body is waited for, not for
ever, and what cannot be read is unclear, not a failure of ours."""

import asyncio
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

from litestar import Request
from litestar.datastructures import FormMultiDict
from litestar.exceptions import ClientException, InternalServerException

T = TypeVar("T")
BODY_WITHIN: Final = 30.0


class PatientRequest(Request[Any, Any, Any]):
    """Raises ClientException (400) for a body that never ends, breaks off or cannot be decoded."""

    async def body(self) -> bytes:
        return await _in_time(super().body())

    async def form(self) -> FormMultiDict:
        return await _in_time(super().form())


async def _in_time(reading: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(BODY_WITHIN):
            return await reading
    except (TimeoutError, InternalServerException, UnicodeDecodeError, LookupError) as error:
        raise ClientException from error
