"""Rate limits: requests per minute from one network address to one route.

The address is the network peer's. Behind a proxy every peer is the proxy: `DAFTARI_PROXIES` names
the trusted proxies, whose `X-Forwarded-For` is used. Counts are in memory, for one process.
"""

import asyncio
from ipaddress import IPv6Address, ip_address

from litestar.middleware import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.stores.memory import MemoryStore

from daftari.web.requests import AnyRequest

_SWEEP_EVERY = 60


def limited(per_minute: int) -> DefineMiddleware:
    """Rate-limit middleware for one handler: `@post("/signin", middleware=[limited(10)])`.

    A request over the limit gets the 429 page with `Retry-After`.
    """
    return RateLimitConfig(rate_limit=("minute", per_minute), identifier_for_request=who).middleware


def who(request: AnyRequest) -> str:
    """The key that requests are counted by: method, route pattern and the peer's address.

    An IPv6 address counts as its /64 network: one household has one.
    """
    scope = request.scope
    client = scope.get("client")
    return f"{scope['method']} {scope['path_template']} {_network(client[0] if client else '')}"


async def forget_visitors_forever(store: MemoryStore) -> None:
    """Delete expired counts every minute, until cancelled."""
    while True:
        await asyncio.sleep(_SWEEP_EVERY)
        await store.delete_expired()


def _network(host: str) -> str:
    """The network of a peer address, without the port that some proxies add to it."""
    try:
        address = ip_address(_without_port(host))
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else address.packed[:8].hex()
    return str(address)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host
