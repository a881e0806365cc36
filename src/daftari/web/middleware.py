"""The ASGI middleware around the whole program.

The middleware gives each request an id, adds the security headers to the response, and writes the
request's log line. A HEAD request is routed as GET, and its response has no body. The middleware
wraps Litestar's routing, so that a 404 passes through it too.
"""

import os
from time import perf_counter
from typing import cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from daftari.web.headers import SecurityHeaders
from daftari.web.logs import log_failure, log_request

_PLAIN_ERROR = "تعذّر إتمام الطلب. حاول مرة أخرى.\nThis could not be done. Try again.\n".encode()


class RequestMiddleware:
    """ASGI middleware around `app` for request ids, security headers and the request log."""

    def __init__(self, app: ASGIApp, security_headers: SecurityHeaders) -> None:
        self._app = app
        self._security_headers = security_headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        request_id = os.urandom(8).hex()
        scope["state"]["request_id"] = request_id
        is_head = scope["state"]["is_head"] = scope.get("method") == "HEAD"
        if is_head:
            scope = cast(Scope, {**scope, "method": "GET"})
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"] = list(message["headers"])
                is_for_back = status == 200 and _is_for_back(scope)
                self._security_headers.add_to(headers, request_id, is_for_back=is_for_back)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            log_failure(scope, error)
            if not status:
                await _send_plain_error(send_with_headers)
        finally:
            log_request(scope, status, perf_counter() - began)


def _is_for_back(scope: Scope) -> bool:
    """Whether the response is a whole page that its handler lets be kept for the Back button."""
    handler = scope.get("route_handler")
    is_page = all(name != b"hx-request" for name, _ in scope["headers"])
    return is_page and handler is not None and bool(handler.opt.get("is_for_back"))


async def _send_plain_error(send: Send) -> None:
    """A plain 500 response, for when rendering the error page failed too."""
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": _PLAIN_ERROR, "more_body": False})
