"""Outgoing connections that reach only the public internet (protection against SSRF).

The host name is resolved here, every address it has is checked, and the connection goes to the
checked address, so that a later change of the DNS record (DNS rebinding) has no effect. The
certificate is still checked against the host name.
"""

import asyncio
import socket
import time
from collections.abc import Callable
from typing import Final

import httpx

from daftari.delivery.jobs.provider_request import MOST_AT_ONCE
from daftari.delivery.rules.push_devices import is_public

LOOKED_UP_FOR: Final = 60.0


class PrivateAddress(Exception):
    """The host name resolves to an address outside the public internet."""


class PublicOnlyConnector(httpx.AsyncBaseTransport):
    """An HTTP transport to public addresses, and to hosts that `may_be_anywhere`."""

    def __init__(self, may_be_anywhere: Callable[[str], bool]) -> None:
        self._may_be_anywhere = may_be_anywhere
        self._context = httpx.create_ssl_context()
        self._by_host: dict[str, httpx.AsyncHTTPTransport] = {}
        self._judged: dict[str, tuple[str, float]] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises `PrivateAddress`, or httpx.ConnectError when the name does not
        resolve.
        """
        host = request.url.host
        if not self._may_be_anywhere(str(request.url)):
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=await self._judged_address(host))
        return await self._transport_of(host).handle_async_request(request)

    async def aclose(self) -> None:
        for carrier in self._by_host.values():
            await carrier.aclose()

    def _transport_of(self, host: str) -> httpx.AsyncHTTPTransport:
        """The HTTP transport of one host: connections are never shared between host names."""
        if host not in self._by_host:
            self._by_host[host] = httpx.AsyncHTTPTransport(
                verify=self._context, limits=MOST_AT_ONCE
            )
        return self._by_host[host]

    async def _judged_address(self, host: str) -> str:
        address, until = self._judged.get(host, ("", 0.0))
        if time.monotonic() < until:
            return address
        addresses = await _addresses(host)
        if not all(map(is_public, addresses)):
            raise PrivateAddress(host)
        self._judged[host] = addresses[0], time.monotonic() + LOOKED_UP_FOR
        return addresses[0]


async def _addresses(host: str) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError("no such host") from error
    return [str(place[0]) for *_, place in found]
