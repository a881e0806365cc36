"""What several doors of this room need."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import ClientException

from daftari.identity.guards.access import cookie_name
from daftari.identity.rules import LONGEST
from daftari.identity.rules.devices import Device, device_of
from daftari.identity.rules.passkeys import RelyingParty
from daftari.identity.store.access import find_session
from daftari.settings import Settings
from daftari.web.redirects import local_path
from daftari.web.requests import AnyRequest

CLEAR: Final = {"Clear-Site-Data": '"cache", "storage"'}
CLEAR_CACHE: Final = {"Clear-Site-Data": '"cache"'}
PHONE: Final = "phone"
REMEMBERS: Final = 400 * 24 * 60 * 60
LONGEST_MARKS: Final = 200
ADD_A_PASSKEY: Final = "/account/passkeys/new"
_PREVIEWS: Final = ("WhatsApp/", "facebookexternalhit/", "TelegramBot", "Slackbot")


def credential_of(sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """The credential inside. Raises ClientException: 400."""
    credential = sent.get("credential")
    if not isinstance(credential, dict):
        raise ClientException
    return credential


def refuse_glance(request: AnyRequest) -> None:
    """What can be had once is kept from whoever only looks ahead: a browser that fetches a page
    before it is wanted, a messenger that draws a preview. Raises ClientException: 400."""
    headers = request.headers
    ahead = headers.get("sec-purpose", headers.get("purpose", ""))
    if "prefetch" in ahead or headers.get("user-agent", "").startswith(_PREVIEWS):
        raise ClientException


def next_of(typed: Mapping[str, str], otherwise: str) -> str:
    """Where a form wants to go on to, as long as it is a page of ours."""
    return local_path(typed.get("next", ""), otherwise)


def party_of(settings: Settings) -> RelyingParty:
    return RelyingParty(settings.rp_id, settings.origin)


def device_in(request: AnyRequest) -> Device:
    """The browser at the door, with the marks it kept of those who signed in with it."""
    databases = request.app.state
    kept = request.cookies.get(cookie_name(databases.settings, PHONE), "")[:LONGEST_MARKS]
    name = device_of(request.headers.get("user-agent", ""))
    return Device(name, tuple(kept.split(".")), databases.derived("phones"))


def for_the_phone(request: AnyRequest, person_id: str) -> dict[str, str]:
    """What a phone needs to put this person's book there under the passkey."""
    return {"person": person_id, "unlock": request.app.state.unlock(person_id)}


async def signed_in(request: AnyRequest, answer: Response[Any], token: str) -> Response[Any]:
    """Hand over the session's cookie, and mark the phone as one this person signed in with."""
    databases = request.app.state
    digest = hashlib.sha256(token.encode()).digest()
    session = await databases.control.read(find_session, digest, databases.clock.now())
    marks = device_in(request).marked(session.person.id)
    settings = databases.settings
    answer.set_cookie(_cookie(settings, token, int(LONGEST.total_seconds())))
    mark = replace(_cookie(settings, marks, REMEMBERS), key=cookie_name(settings, PHONE))
    answer.set_cookie(mark)
    return answer


def signed_out(answer: Response[Any], settings: Settings) -> Response[Any]:
    """Take the session's cookie back."""
    answer.set_cookie(_cookie(settings, "", 0))
    return answer


def _cookie(settings: Settings, value: str, max_age: int) -> Cookie:
    return Cookie(
        key=cookie_name(settings),
        value=value,
        path="/",
        max_age=max_age,
        secure=settings.is_https,
        httponly=True,
        samesite="lax",
    )
