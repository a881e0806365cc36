"""One HTTP request to a provider: limited in time and size, without redirects."""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any, Final

import httpx
import msgspec

from daftari.delivery.rules.outcomes import (
    ATTEMPT_SECONDS,
    LONGEST_SAID,
    Doubt,
    Outcome,
    failed,
    passing,
    retry_after,
)

LONGEST_ANSWER: Final = 8192
_TIMES: Final = httpx.Timeout(7.0, connect=3.0)
MOST_AT_ONCE: Final = httpx.Limits(max_connections=512, max_keepalive_connections=64)
_OPERATORS_TURN: Final = timedelta(hours=1)
_NEVER_MADE: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class ProviderResponse:
    """The response of a provider. `text`: the beginning of its body."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> dict[str, Any]:
        """The JSON object of the body; empty for any other body."""
        try:
            payload = msgspec.json.decode(self.text)
        except (msgspec.DecodeError, RecursionError):
            return {}
        return payload if isinstance(payload, dict) else {}


class Unsent(Exception):
    """No connection was made: the request was not sent."""


class Unanswered(Exception):
    """The request may have been received, but no complete response came back."""


def new_client(transport: httpx.AsyncBaseTransport | None = None) -> httpx.AsyncClient:
    """An HTTP client without redirects, cookies, or a proxy from the environment."""
    return httpx.AsyncClient(
        transport=transport,
        headers={"Accept-Encoding": "identity"},  # bodies are read undecoded
        verify=_trusted(),
        timeout=_TIMES,
        limits=MOST_AT_ONCE,
        follow_redirects=False,
        trust_env=False,
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The TLS context with the trusted certificates, cached: loading it is slower than a
    request.
    """
    return httpx.create_ssl_context()


async def ask(client: httpx.AsyncClient, url: str, **request: Any) -> ProviderResponse:
    """POST within ten seconds in all. Raises `Unsent` or `Unanswered`."""
    try:
        async with (
            asyncio.timeout(ATTEMPT_SECONDS),
            client.stream("POST", url, **request) as response,
        ):
            body = b""
            async for piece in response.aiter_raw():
                body += piece
                if len(body) >= LONGEST_ANSWER:
                    break
    except _NEVER_MADE as error:
        raise Unsent from error
    except (httpx.HTTPError, TimeoutError) as error:
        raise Unanswered from error
    text = body[:LONGEST_ANSWER].decode(errors="replace")
    return ProviderResponse(response.status_code, response.headers, text)


def refused(answer: ProviderResponse, doubt: Doubt) -> Outcome | None:
    """The outcome of an error status; None when the provider accepted the request."""
    status, said = answer.status, _error_text(answer)
    if 200 <= status < 300:
        return None
    if status in (401, 403):
        return passing("provider_knows_us_not", said, _OPERATORS_TURN)
    if status == 402:
        return passing("provider_unpaid", said, _OPERATORS_TURN)
    if status in (408, 425, 429, 503):
        return passing("provider_busy", said, retry_after(answer.headers.get("retry-after")))
    if status >= 500:
        return doubt("provider_failed", said)
    return failed("provider_moved" if 300 <= status < 400 else "provider_refused", said)


def _error_text(answer: ProviderResponse) -> str:
    """The provider's error message, for the shop's log."""
    payload = answer.json()
    for name in ("message", "error", "detail", "reason"):
        if isinstance(words := payload.get(name), str):
            return f"{answer.status} {words}"[:LONGEST_SAID]
    return str(answer.status)
