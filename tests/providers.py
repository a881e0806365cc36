"""Providers of short messages and a mail server on this machine: real sockets, told what to say."""

import json
import threading
from asyncio import WriteTransport
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.server import free_port

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Asked:
    """A request as it came: `fields` of its form or its JSON."""

    path: str
    headers: dict[str, str]
    fields: dict[str, Any]


@dataclass
class Provider:
    """`says`: what it answers to a request; None: nothing, for as long as it lives."""

    origin: str
    says: Callable[[Asked], Reply | None]
    asked: list[Asked] = field(default_factory=list)


def answer(content: object, status: int = 200, **headers: str) -> Reply:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return status, headers, body


class Crowded(ThreadingHTTPServer):
    """Lets many wait at the door; the usual five would turn the others away."""

    request_queue_size = 256
    daemon_threads = True


@contextmanager
def provider(says: Callable[[Asked], Reply | None]) -> Iterator[Provider]:
    """It listens on loopback until the end of the block."""
    released = threading.Event()

    class Endpoint(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                return  # whoever asked was gone before the end
            headers = {name.lower(): value for name, value in self.headers.items()}
            is_json = headers["content-type"].startswith("application/json")
            fields = json.loads(body) if is_json else dict(parse_qsl(body.decode()))
            asked = Asked(self.path, headers, fields)
            known.asked.append(asked)
            reply = known.says(asked)
            if reply is None:
                released.wait(30)
                self.close_connection = True
                return
            status, more, content = reply
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(content))}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                return  # whoever asked was killed

    server = Crowded(("127.0.0.1", 0), Endpoint)
    known = Provider(f"http://127.0.0.1:{server.server_port}", says)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield known
    finally:
        released.set()
        server.shutdown()
        server.server_close()


@dataclass
class MailServer:
    """A mail server. `letters`: what it took; `at_data`, `at_rcpt`: what it says there instead."""

    url: str = ""
    letters: list[Envelope] = field(default_factory=list)
    at_rcpt: str = ""
    at_data: str = ""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.letters.append(envelope)
        if self.at_data == "vanish":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return self.at_data or f"250 OK: queued as letter-{len(self.letters)}"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    post = MailServer()
    port = free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    post.url = f"smtp://127.0.0.1:{port}"
    try:
        yield post
    finally:
        controller.stop()
