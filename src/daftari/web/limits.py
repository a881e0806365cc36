"""How often one address may knock at a door.

The address is the network peer's. Behind a proxy every peer is the proxy: `DAFTARI_PROXIES` names
the proxies whose `X-Forwarded-For` is believed. Counts live in memory, for one process.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from ipaddress import IPv6Address, ip_address
from typing import Any

from litestar import Litestar, Request
from litestar.middleware import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig

_SWEEP_EVERY = 60


def limited(per_minute: int) -> DefineMiddleware:
    """Middleware for one handler: `@post("/signin", middleware=[limited(10)])`.

    One try too many is answered with 429, its page, and `Retry-After`.
    """
    return RateLimitConfig(rate_limit=("minute", per_minute), identifier_for_request=who).middleware


def who(request: Request[Any, Any, Any]) -> str:
    """The route's pattern and the peer. An IPv6 peer is its /64: one household, one address."""
    scope = request.scope
    client = scope.get("client")
    return f"{scope['method']} {scope['path_template']} {_network(client[0] if client else '')}"


@asynccontextmanager
async def forgetting_visitors(app: Litestar) -> AsyncIterator[None]:
    """While the program runs: drop the counts that no longer matter."""
    task = asyncio.create_task(_sweep(app))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _sweep(app: Litestar) -> None:
    store: Any = app.stores.get("rate_limit")
    while True:
        await asyncio.sleep(_SWEEP_EVERY)
        await store.delete_expired()


def _network(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else address.packed[:8].hex()
    return host
