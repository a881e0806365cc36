"""Where every request enters and every answer leaves: one thin layer around the whole program.

It gives the request an id, dresses the answer in its headers, and writes the one line of the log.
It stands outside Litestar's routing, so a page that is not found passes through it too.
"""

import os
from time import perf_counter

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from daftari.web.headers import SecurityHeaders
from daftari.web.logs import log_failure, log_request

_PLAIN_ERROR = "تعذّر إتمام الطلب. حاول مرة أخرى.\nThis could not be done. Try again.\n".encode()


class RequestMiddleware:
    """An ASGI layer around `app`."""

    def __init__(self, app: ASGIApp, security_headers: SecurityHeaders) -> None:
        self._app = app
        self._security_headers = security_headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        request_id = os.urandom(8).hex()
        scope["state"]["request_id"] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"] = list(message["headers"])
                self._security_headers.add_to(headers, request_id)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            log_failure(scope, error)
            if not status:
                await _send_plain_error(send_with_headers)
        finally:
            log_request(scope, status, perf_counter() - began)


async def _send_plain_error(send: Send) -> None:
    """Not even the page of the error could be made."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": _PLAIN_ERROR, "more_body": False})
