"""CSRF protection: unsafe requests are accepted from our own pages only.

The browser names the source of an unsafe request: `Sec-Fetch-Site`, in older browsers `Origin` or
`Referer`. A request without any of them is refused, except on a route with `speaks_to_programs`.
What another app shares comes from no site: it is accepted on the route with `is_share_target`.
There is no token in the form, so that an entry can be sent after a week in the outbox.
"""

from collections.abc import Mapping
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_other_sites(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """The CSRF check of every route. Raises PermissionDeniedException."""
    if connection.scope.get("method") in SAFE:
        return
    headers, opt = connection.headers, connection.route_handler.opt
    if opt.get("speaks_to_programs") and not comes_from_a_page(headers):
        return
    if opt.get("is_share_target") and headers.get("sec-fetch-site") == "none":
        return
    if not comes_from_us(headers, connection.app.state.settings.origin):
        raise PermissionDeniedException


def comes_from_a_page(headers: Mapping[str, str]) -> bool:
    """Whether a request has a header that names its source: browsers send one, programs do not."""
    return any(name in headers for name in ("sec-fetch-site", "origin", "referer"))


def comes_from_us(headers: Mapping[str, str], origin: str) -> bool:
    """Whether an unsafe request was made by a page of `origin` ('https://shop.example')."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    source = headers.get("origin")
    if source is not None:
        return source == origin
    return f"{headers.get('referer', '')}/".startswith(f"{origin}/")
