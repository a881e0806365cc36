"""A bad network of our own: it stands between a browser and the server, and does one thing wrong.

`with proxy.on("/sync", lost): …` An answer that is not here is the server's own, passed on whole.
"""

import asyncio
import random
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.server import free_port

_END = b"\r\n\r\n"


@dataclass
class Exchange:
    """One request as it came, and the two sides it stands between."""

    path: str
    request: bytes
    server_port: int
    _browser: asyncio.StreamWriter

    async def ask(self) -> bytes:
        """What the server answers, to its end; b"" where nobody listens."""
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        except OSError:
            return b""
        try:
            writer.write(self.request)
            return await reader.read(-1)
        except OSError:
            return b""
        finally:
            writer.close()

    async def tell(self, answer: bytes) -> None:
        self._browser.write(answer)
        await self._browser.drain()


Fault = Callable[[Exchange], Awaitable[None]]


async def honest(it: Exchange) -> None:
    await it.tell(await it.ask())


async def cut(it: Exchange) -> None:
    """The line breaks before the server has heard it all."""
    _, writer = await asyncio.open_connection("127.0.0.1", it.server_port)
    writer.write(it.request[: -max(1, len(it.request) // 3)])
    await writer.drain()
    writer.close()


async def lost(it: Exchange) -> None:
    """The server has done it; its answer never arrives."""
    await it.ask()


async def half(it: Exchange) -> None:
    """The head says how long the answer is, and half of it comes."""
    answer = await it.ask()
    head, _, body = answer.partition(_END)
    await it.tell(head + _END + body[: len(body) // 2])


async def drop_by_drop(it: Exchange) -> None:
    """Byte by byte, as over a line that hardly carries."""
    for byte in await it.ask():
        await it.tell(bytes([byte]))


async def silence(it: Exchange) -> None:
    """Accepted, and never answered."""
    await asyncio.Event().wait()


async def unreachable(it: Exchange) -> None:
    """Nobody is there: the connection ends before a byte of an answer."""


def late(seconds: float, then: Fault = honest) -> Fault:
    async def wait(it: Exchange) -> None:
        await asyncio.sleep(seconds)
        await then(it)

    return wait


def held(seconds: float) -> Fault:
    """Answered at once, and long on its way."""

    async def hold(it: Exchange) -> None:
        answer = await it.ask()
        await asyncio.sleep(seconds)
        await it.tell(answer)

    return hold


def says(status: int, body: str, kind: str = "text/html; charset=utf-8", more: str = "") -> Fault:
    """Somebody else answers; the server hears nothing."""
    content = body.encode()
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}"
    answer = f"{head}\r\nConnection: close\r\n{more}\r\n".encode() + content

    async def answer_instead(it: Exchange) -> None:
        await it.tell(answer)

    return answer_instead


def portal(kind: str = "text/html; charset=utf-8") -> Fault:
    """The page of a hotel's network, to whatever is asked."""
    page = "<!doctype html><title>أهلًا بك في شبكتنا</title><form action=/login></form>"
    return says(200, page, kind)


def elsewhere(place: str) -> Fault:
    """Sent on to another page, as a network does that wants to be paid first."""
    return says(302, "", more=f"Location: {place}\r\n")


def sometimes(fault: Fault, part: float, seed: int = 7) -> Fault:
    """That part of all requests meets the fault; the same ones in each run."""
    chance = random.Random(seed)

    async def maybe(it: Exchange) -> None:
        await (fault if chance.random() < part else honest)(it)

    return maybe


def once(fault: Fault, then: Fault = honest) -> Fault:
    """The first one meets the fault, all others what comes then."""
    faults = iter([fault])

    async def first(it: Exchange) -> None:
        await next(faults, then)(it)

    return first


@dataclass
class Proxy:
    """`port` is what the browser knows."""

    server_port: int
    port: int = field(default_factory=free_port)
    _weather: dict[str, tuple[Fault, list[str]]] = field(default_factory=dict)

    @contextmanager
    def on(self, part: str, fault: Fault) -> Iterator[list[str]]:
        """Every request with this part in its path meets the fault; the paths of those that did."""
        met: list[str] = []
        self._weather[part] = fault, met
        try:
            yield met
        finally:
            del self._weather[part]

    @contextmanager
    def standing(self) -> Iterator["Proxy"]:
        ready, ended = threading.Event(), asyncio.Event()
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=self._run, args=[loop, ready, ended])
        thread.start()
        assert ready.wait(5)
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(ended.set)
            thread.join(5)

    def _run(
        self, loop: asyncio.AbstractEventLoop, ready: threading.Event, ended: asyncio.Event
    ) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._serve(ready, ended))

    async def _serve(self, ready: threading.Event, ended: asyncio.Event) -> None:
        """Whoever still waits for an answer when it ends is left without one."""
        server = await asyncio.start_server(self._meet, "localhost", self.port)
        ready.set()
        await ended.wait()
        server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(_END)
            request = _for_one(head) + await reader.readexactly(_length(head))
            path = head.split(b" ", 2)[1].decode()
            await self._fault(path)(Exchange(path, request, self.server_port, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass  # one of the two sides is gone: so is the exchange
        finally:
            writer.close()

    def _fault(self, path: str) -> Fault:
        for part, (fault, met) in list(self._weather.items()):
            if part in path:
                met.append(path)
                return fault
        return honest


def _for_one(head: bytes) -> bytes:
    """Every request has a connection of its own, so that an answer ends where it ends."""
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([lines[0], b"Connection: close", *lines[1:]])


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0
