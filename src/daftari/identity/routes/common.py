"""Helpers shared by the routes of this package: credentials, cookies, devices."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from litestar import Response
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException

from daftari.identity.guards.access import SignInNeeded, cookie_name
from daftari.identity.guards.context import RequestContext
from daftari.identity.rules import LONGEST
from daftari.identity.rules.devices import Device, device_of
from daftari.identity.rules.held import COUNTER_COOKIE, LOCK_COOKIE, LOCKED_COOKIE
from daftari.identity.rules.invitations import hash_of
from daftari.identity.rules.passkeys import RelyingParty
from daftari.identity.rules.tills import TILL_COOKIE
from daftari.identity.store.access import find_session
from daftari.kernel.refusal import Refusal
from daftari.settings import Settings
from daftari.web.i18n import catalogue
from daftari.web.i18n import marked as _
from daftari.web.redirects import local_path
from daftari.web.requests import AnyRequest, is_head
from daftari.web.view import language_of

CLEAR: Final = {"Clear-Site-Data": '"cache", "storage"'}
CLEAR_CACHE: Final = {"Clear-Site-Data": '"cache"'}
PHONE: Final = "phone"
REMEMBERS: Final = 400 * 24 * 60 * 60
LONGEST_MARKS: Final = 200
ADD_A_PASSKEY: Final = "/account/passkeys/new"
NEEDS_SCRIPT: Final = Refusal(form="passkey_needs_script").reasons
"""Why a form for a passkey that came without a script is shown again, with what was typed."""
_FORM_TYPES: Final = (RequestEncodingType.URL_ENCODED, RequestEncodingType.MULTI_PART)
_UNKNOWN: Final = _("Unknown device")
_DEVICES: Final = {
    "Android": _("Android phone"),
    "iPhone": _("iPhone"),
    "iPad": _("iPad"),
    "Windows": _("Windows computer"),
    "ChromeOS": _("Chromebook"),
    "Mac": _("Mac"),
    "Linux": _("Linux computer"),
}
_PREVIEWS: Final = ("WhatsApp/", "facebookexternalhit/", "TelegramBot", "Slackbot")


def credential_of(sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """The credential of a JSON body. Raises ClientException: 400."""
    credential = sent.get("credential")
    if not isinstance(credential, dict):
        raise ClientException
    return credential


def is_form(request: AnyRequest) -> bool:
    """Whether the browser itself posted a form: no script was there to ask for a passkey."""
    return request.content_type[0] in _FORM_TYPES


def refuse_glance(request: AnyRequest) -> None:
    """Refuse a prefetch by a browser, a link preview by a messenger, or a HEAD request.

    Such a request would use up a page that works only once. Raises ClientException: 400.
    """
    headers = request.headers
    ahead = headers.get("sec-purpose", headers.get("purpose", ""))
    if (
        is_head(request)
        or "prefetch" in ahead
        or headers.get("user-agent", "").startswith(_PREVIEWS)
    ):
        raise ClientException


def next_of(typed: Mapping[str, str], otherwise: str) -> str:
    """The redirect target `next` of a form, if it is a local path, else `otherwise`."""
    return local_path(typed.get("next", ""), otherwise)


def party_of(context: RequestContext) -> RelyingParty:
    return RelyingParty(context.settings.rp_id, context.settings.origin)


def device_in(context: RequestContext) -> Device:
    """The browser of a request, with the marks in its cookie of people who signed in before."""
    request = context.request
    marks = request.cookies.get(cookie_name(context.settings, PHONE), "")[:LONGEST_MARKS]
    till = request.cookies.get(cookie_name(context.settings, TILL_COOKIE))
    key = context.derived("phones")
    return Device(
        _device_name(request), tuple(marks.split(".")), key, hash_of(till) if till else None
    )


def _device_name(request: AnyRequest) -> str:
    """«هاتف Android», in the language of the page; the browser too where it is not the usual."""
    system, browser = device_of(request.headers.get("user-agent", ""))
    words = catalogue(language_of(request)).gettext(_DEVICES.get(system, _UNKNOWN))
    return " · ".join(filter(None, (words, browser)))


def for_the_phone(context: RequestContext, person_id: str) -> dict[str, str]:
    """The response fields from which a phone sets up the person's encrypted offline book."""
    return {"person": person_id, "unlock": context.unlock(person_id)}


async def signed_in(context: RequestContext, answer: Response[Any], token: str) -> Response[Any]:
    """Set the session cookie, and the cookie that marks the device as used by this person.

    Raises SignInNeeded when the session was revoked in the meantime.
    """
    digest, settings = hashlib.sha256(token.encode()).digest(), context.settings
    session = await context.control.read(find_session, digest, context.at)
    if session is None:
        raise SignInNeeded
    marks = device_in(context).marked(session.person.id)
    answer.set_cookie(_cookie(settings, token, int(LONGEST.total_seconds())))
    mark = replace(_cookie(settings, marks, REMEMBERS), key=cookie_name(settings, PHONE))
    answer.set_cookie(mark)
    for held in (COUNTER_COOKIE, LOCKED_COOKIE, LOCK_COOKIE):
        if held in context.request.cookies:
            answer.delete_cookie(held)
    return answer


def signed_out(context: RequestContext, answer: Response[Any]) -> Response[Any]:
    """Delete the session cookie."""
    answer.set_cookie(_cookie(context.settings, "", 0))
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
