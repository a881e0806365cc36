"""Closed by default: the guard that stands before every route.

A handler says what it needs in its options:
`public=True`: anybody may come. `recognises=True` beside it: know the person, if there is one.
`may="record_entry"`: the deed a path with `{shop:str}` asks of the role; `read_book` when unsaid.
`speaks_to_programs=True`: what is no browser may do it as well; no cookie is looked at.
`verified=True`: the passkey was shown within the last ten minutes.
`speaks="application/json"`: a program's door, which refuses in JSON too and sends nobody elsewhere.
`saves=("name", …)`: fields of its form that whose sign-in has ended gets back, to send them again.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.types import Scope

from daftari.db.connection import StorageFull
from daftari.db.control import Control
from daftari.identity.actions.sessions import touch_session
from daftari.identity.rules import TOUCH_EVERY, Member, Permission, Session, is_fresh
from daftari.identity.store.access import find_ended, find_member, find_session
from daftari.settings import Settings
from daftari.web.redirects import local_path
from daftari.web.saved_form import SavedForm, saved_form_of

_Connection = ASGIConnection[Any, Any, Any, Any]
SIGN_IN: Final = "/signin"
VERIFY: Final = "/verify"


class SignInNeeded(NotAuthorizedException):
    """Nobody known is asking. `door`: the page that can help; `kept`: what was typed.

    `wipe`: the person whose sign-in was ended on purpose, so that nothing of it stays on the phone.
    """

    door = SIGN_IN
    kept: SavedForm | None = None

    def __init__(self, wipe: str | None = None) -> None:
        super().__init__()
        self.wipe = wipe


class VerificationNeeded(SignInNeeded):
    """The person is known, but this act asks for the passkey once more."""

    door = VERIFY

    def __init__(self, back_to: str = "") -> None:
        """`back_to`: the page whose form asked, for after the check."""
        super().__init__()
        if back_to:
            self.door = f"{VERIFY}?next={quote(back_to, safe='')}"


def cookie_name(settings: Settings, name: str = "daftari") -> str:
    """The session's cookie, or another; on https a prefix pins it to this host and path."""
    return f"__Host-{name}" if settings.is_https else name


async def require_access(connection: _Connection, handler: BaseRouteHandler) -> None:
    """Let in whoever may enter, and leave `session`, `person` and `member` in the scope's state.

    Raises `SignInNeeded`, `VerificationNeeded`, or NotFoundException: what a person may not see
    looks exactly like what is not there.
    """
    opt = handler.opt
    if opt.get("public"):
        if opt.get("recognises"):
            await _recognise(connection, None)
        return
    shop_id = connection.path_params.get("shop")
    session = await _recognise(connection, shop_id)
    if session is None:
        raise await _signed_out(connection, opt.get("saves", ()))
    if shop_id is not None:
        _enter(connection.scope, opt.get("may", Permission.READ_BOOK))
    if opt.get("verified") and not is_fresh(session.verified_at, connection.app.state.clock.now()):
        raise VerificationNeeded(_page_that_asked(connection))


async def _signed_out(connection: _Connection, saves: Sequence[str]) -> SignInNeeded:
    needed = SignInNeeded(await _who_was_ended(connection))
    if isinstance(connection, Request):
        needed.kept = await saved_form_of(connection, saves)
    return needed


async def _recognise(connection: _Connection, shop_id: str | None) -> Session | None:
    app = connection.app.state
    token = connection.cookies.get(app.session_cookie)
    if not token:
        return None
    digest, now = hashlib.sha256(token.encode()).digest(), app.clock.now()
    member: Member | None = None
    session: Session | None
    if shop_id is None:
        session = await app.control.recall(digest, now, find_session, digest, now)
    else:
        asked = digest, shop_id
        session, member = await app.control.recall(asked, now, find_member, *asked, now)
    if session is None:
        return None
    state = connection.scope["state"]
    state["session"], state["person"], state["member"] = session, session.person, member
    moved = member is not None and session.shop_id != shop_id
    if moved or now - session.last_seen_at >= TOUCH_EVERY:
        await _touch(app.control, session, shop_id if member else None, now)
    return session


async def _who_was_ended(connection: _Connection) -> str | None:
    app = connection.app.state
    token = connection.cookies.get(app.session_cookie)
    if not token:
        return None
    digest = hashlib.sha256(token.encode()).digest()
    ended: str | None = await app.control.read(find_ended, digest)
    return ended


async def _touch(control: Control, session: Session, shop_id: str | None, now: datetime) -> None:
    """With a full disk nothing can be noted, and reading goes on."""
    with suppress(StorageFull):
        await control.write(touch_session, session, shop_id, now)


def _page_that_asked(connection: _Connection) -> str:
    """A form cannot be sent again after the check; the page it stands on can be shown again."""
    if connection.scope.get("method") == "GET":
        return ""
    with suppress(ValueError):
        return local_path(urlsplit(connection.headers.get("referer", "")).path, "")
    return ""


def _enter(scope: Scope, permission: str) -> None:
    member: Member | None = scope["state"].get("member")
    if member is None or not member.may(permission):
        scope["state"]["member"] = None
        raise NotFoundException


def provide_session(scope: Scope) -> Session:
    """The sign-in this request came with."""
    session: Session = scope["state"]["session"]
    return session


def find_visitor(scope: Scope) -> Session | None:
    """Who comes to a public page that `recognises` people; None for a stranger."""
    session: Session | None = scope["state"].get("session")
    return session
