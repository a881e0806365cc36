"""How often one address may knock at a door.

The address is the network peer's. Behind a proxy every peer is the proxy: `DAFTARI_PROXIES` names
the proxies whose `X-Forwarded-For` is believed. Counts live in memory, for one process.
"""

import asyncio
from ipaddress import IPv6Address, ip_address

from litestar.middleware import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig
from litestar.stores.memory import MemoryStore

from daftari.web.requests import AnyRequest

_SWEEP_EVERY = 60


def limited(per_minute: int) -> DefineMiddleware:
    """Middleware for one handler: `@post("/signin", middleware=[limited(10)])`.

    One try too many is answered with 429, its page, and `Retry-After`.
    """
    return RateLimitConfig(rate_limit=("minute", per_minute), identifier_for_request=who).middleware


def who(request: AnyRequest) -> str:
    """The route's pattern and the peer. An IPv6 peer is its /64: one household, one address."""
    scope = request.scope
    client = scope.get("client")
    return f"{scope['method']} {scope['path_template']} {_network(client[0] if client else '')}"


async def forget_visitors_forever(store: MemoryStore) -> None:
    """Drop the counts that no longer matter, until cancelled."""
    while True:
        await asyncio.sleep(_SWEEP_EVERY)
        await store.delete_expired()


def _network(host: str) -> str:
    """Some proxies write the port beside the address, which is new with each connection."""
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
