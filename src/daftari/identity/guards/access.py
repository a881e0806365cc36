"""The access guard of every route: authentication and permissions; closed by default.

A handler declares in its options what it needs:
`public=True`: no session needed. `optional_session=True` beside it: load one if it is there.
`may="record_entry"`: the permission for a path with `{shop:str}`; `read_book` is the default.
`speaks_to_programs=True`: clients that are no browser may call it too; it reads no cookie.
`verified=True`: the passkey was verified within the last ten minutes.
`errors_as="application/json"`: errors are JSON, and there is no redirect to the sign-in page.
`by_branch=True`: its address may name a branch, `?branch=`, to look at that one alone.
`is_for_back=True`: the browser may keep the page for its Back button (`web/headers.py`).
`answers_former=True`: who was a member until lately is answered too; he has no permission.
`even_if=(HoldKind.COUNTER, …)`: it answers also while the session is held (`guards/held.py`).
`saves=("name", …)`: form fields that are given back when the session has ended (`SavedForm`).
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote, urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, NotFoundException
from litestar.handlers import BaseRouteHandler

from daftari.db.connection import StorageFull
from daftari.db.control import Control
from daftari.identity.actions.sessions import touch_session
from daftari.identity.guards.held import require_free
from daftari.identity.rules import TOUCH_EVERY, Member, Permission, Session, is_fresh
from daftari.identity.store.access import find_ended, find_member, find_session
from daftari.settings import Settings
from daftari.web.redirects import local_path
from daftari.web.saved_form import SavedForm, saved_form_of

_Connection = ASGIConnection[Any, Any, Any, Any]
SIGN_IN: Final = "/signin"
VERIFY: Final = "/verify"


class SignInNeeded(NotAuthorizedException):
    """The request has no valid session. `signin_url`: the page to sign in; `saved_form`: the form
    that was sent.

    `wipe`: the person whose session was revoked or signed out, so that the phone deletes that
    person's data.
    """

    signin_url = SIGN_IN
    saved_form: SavedForm | None = None

    def __init__(self, wipe: str | None = None) -> None:
        super().__init__()
        self.wipe = wipe


class VerificationNeeded(SignInNeeded):
    """The session is valid, but this action needs a recent passkey verification."""

    signin_url = VERIFY

    def __init__(self, back_to: str = "") -> None:
        """`back_to`: the page to redirect to after the verification."""
        super().__init__()
        if back_to:
            self.signin_url = f"{VERIFY}?next={quote(back_to, safe='')}"


def cookie_name(settings: Settings, name: str = "daftari") -> str:
    """The name of a cookie; on https the `__Host-` prefix binds it to this host and path."""
    return f"__Host-{name}" if settings.is_https else name


async def require_access(connection: _Connection, handler: BaseRouteHandler) -> None:
    """Check session and permission; put `session`, `person` and `member` into the scope's state.

    Raises `SignInNeeded`, `VerificationNeeded`, or NotFoundException: a forbidden page looks
    exactly like one that does not exist.
    """
    opt = handler.opt
    if opt.get("public"):
        if opt.get("optional_session") and (seen := await _load_session(connection, None)):
            require_free(connection, seen, handler)
        return
    shop_id = connection.path_params.get("shop")
    session = await _load_session(connection, shop_id)
    if session is None:
        raise await _signed_out(connection, opt.get("saves", ()))
    require_free(connection, session, handler)
    if shop_id is not None:
        _require_permission(connection, opt)
    if opt.get("verified") and not is_fresh(session.verified_at, connection.app.state.clock.now()):
        raise VerificationNeeded(_referring_page(connection))


async def _signed_out(connection: _Connection, saves: Sequence[str]) -> SignInNeeded:
    needed = SignInNeeded(await _find_ended_person(connection))
    if isinstance(connection, Request):
        needed.saved_form = await saved_form_of(connection, saves)
    return needed


async def _load_session(connection: _Connection, shop_id: str | None) -> Session | None:
    app = connection.app.state
    token = connection.cookies.get(app.session_cookie)
    if not token:
        return None
    digest, now = hashlib.sha256(token.encode()).digest(), app.clock.now()
    member: Member | None = None
    session: Session | None
    if shop_id is None:
        session = await app.control.read_cached(digest, now, find_session, digest, now)
    else:
        key = digest, shop_id
        session, member = await app.control.read_cached(key, now, find_member, *key, now)
    if session is None:
        return None
    state = connection.scope["state"]
    state["session"], state["person"], state["member"] = session, session.person, member
    moved = member is not None and member.ended_at is None and session.shop_id != shop_id
    if moved or now - session.last_seen_at >= TOUCH_EVERY:
        await _touch(app.control, session, shop_id if moved else None, now)
    return session


async def _find_ended_person(connection: _Connection) -> str | None:
    app = connection.app.state
    token = connection.cookies.get(app.session_cookie)
    if not token:
        return None
    digest = hashlib.sha256(token.encode()).digest()
    ended: str | None = await app.control.read(find_ended, digest)
    return ended


async def _touch(control: Control, session: Session, shop_id: str | None, now: datetime) -> None:
    """Extend the session; a later request does it while the disk is full or another process writes.

    No page waits for it.
    """
    with suppress(StorageFull):
        await control.write_unless_busy(touch_session, session, shop_id, now)


def _referring_page(connection: _Connection) -> str:
    """The path of the page with the form; '' for a GET.

    A form cannot be sent again after the verification, but its page can be shown again.
    """
    if connection.scope.get("method") == "GET":
        return ""
    with suppress(ValueError):
        return local_path(urlsplit(connection.headers.get("referer", "")).path, "")
    return ""


def _require_permission(connection: _Connection, opt: Mapping[str, Any]) -> None:
    state = connection.scope["state"]
    if not may_enter(state.get("member"), opt, connection.app.state.clock.now()):
        state["member"] = None
        raise NotFoundException


def may_enter(member: Member | None, opt: Mapping[str, Any], now: datetime) -> bool:
    """Whether a member is let in to a route with these options."""
    if member is None:
        return False
    if member.ended_at is not None:
        return bool(opt.get("answers_former")) and member.left_lately(now)
    return member.may(opt.get("may", Permission.READ_BOOK))
