"""Some phones on keep-alive connections, asking as a browser asks, one request after another."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec

CONNECTIONS = 4


@dataclass(frozen=True, slots=True)
class Request:
    """One request and the status it must be answered with. `form`, `json`: sent as a POST."""

    path: str
    headers: Mapping[str, str]
    status: int = 200
    form: Mapping[str, str] | None = None
    json: object = None

    def encoded(self) -> bytes:
        kind, body = self._body()
        verb = "POST" if kind else "GET"
        lines = [f"{verb} {self.path} HTTP/1.1", *(f"{n}: {v}" for n, v in self.headers.items())]
        if kind:
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def _body(self) -> tuple[str, bytes]:
        if self.form is not None:
            return "application/x-www-form-urlencoded", urlencode(self.form).encode()
        if self.json is not None:
            return "application/json", msgspec.json.encode(self.json)
        return "", b""


class UnexpectedAnswer(Exception):
    """The server did not answer as the benchmark needs it: what it measured would be nothing."""


def as_a_browser(port: int, cookie: str = "") -> dict[str, str]:
    """What Chromium says with a click on a page of ours."""
    headers = {
        "Host": f"localhost:{port}",
        "User-Agent": "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36",
        "Accept": "text/html,application/xhtml+xml",
        "Accept-Encoding": "gzip, deflate, br",
        "Accept-Language": "ar",
        "Sec-Fetch-Site": "same-origin",
        "Sec-Fetch-Mode": "navigate",
        "Origin": f"http://localhost:{port}",
    }
    return headers | ({"Cookie": f"daftari={cookie}"} if cookie else {})


def ask(port: int, requests: list[Request]) -> int:
    """Ask all of them over a few connections. How many bytes the last answer's body had."""
    return asyncio.run(_ask(port, requests))


async def _ask(port: int, requests: list[Request]) -> int:
    waiting = iter(requests)
    phones = (_phone(port, waiting) for _ in range(min(CONNECTIONS, len(requests))))
    return max(await asyncio.gather(*phones))


async def _phone(port: int, waiting: Iterator[Request]) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    length = 0
    try:
        for request in waiting:
            writer.write(request.encoded())
            status, length = await _answer(reader)
            if status != request.status:
                raise UnexpectedAnswer(f"{request.path}: {status}, not {request.status}")
    finally:
        writer.close()
        await writer.wait_closed()
    return length


async def _answer(reader: asyncio.StreamReader) -> tuple[int, int]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
    await reader.readexactly(length)
    return status, length
