"""The guard of sessions that are held: on the counter, or locked."""

import re
from typing import Any, Final
from urllib.parse import quote

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from daftari.identity.rules import Session
from daftari.identity.rules.held import (
    COUNTER_COOKIE,
    COUNTER_END,
    LOCK_PAGE,
    LOCKED_COOKIE,
    HoldKind,
)
from daftari.identity.rules.people import counter_path
from daftari.web.errors import Held
from daftari.web.redirects import local_path

_ACCOUNT: Final = re.compile(r"([0-9a-f-]{36})\.([0-9a-f-]{36})")
_Connection = ASGIConnection[Any, Any, Any, Any]


def require_free(connection: _Connection, session: Session, handler: BaseRouteHandler) -> None:
    """Raise `Held` where the session is held and the route does not answer all the same.

    The page of the counter itself is one address: that of the account that lies on it. Whoever is
    no member of its shop any more is shown the way out alone.
    """
    even_if, path = handler.opt.get("even_if", ()), connection.scope["path"]
    if page := session.counter_path or _laid_there_offline(connection):
        if HoldKind.COUNTER in even_if:
            return
        if path != page or connection.scope.get("method") not in ("GET", "HEAD"):
            raise Held(page)
        if connection.scope["state"].get("member") is None:
            raise Held(COUNTER_END)
        return
    is_locked = session.lock_after and connection.cookies.get(LOCKED_COOKIE)
    if is_locked and HoldKind.LOCK not in even_if:
        raise Held(_lock_page(connection))


def _laid_there_offline(connection: _Connection) -> str:
    """The page of the counter where the phone was laid there with no network; ''."""
    laid = _ACCOUNT.fullmatch(connection.cookies.get(COUNTER_COOKIE, ""))
    return counter_path(*laid.groups()) if laid else ""


def _lock_page(connection: _Connection) -> str:
    """The lock, which leads back to the page that was asked for."""
    if connection.scope.get("method") != "GET":
        return LOCK_PAGE
    query = connection.scope.get("query_string", b"").decode("latin-1")
    asked = connection.scope["path"] + (f"?{query}" if query else "")
    return f"{LOCK_PAGE}?next={quote(local_path(asked, '/'), safe='')}"
