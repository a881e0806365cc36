"""What several doors of this room need."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import ClientException

from daftari.accounts.guards.access import cookie_name
from daftari.accounts.rules import LONGEST
from daftari.accounts.rules.devices import device_of
from daftari.accounts.rules.passkeys import Party
from daftari.settings import Settings
from daftari.web.paths import local_path
from daftari.web.requests import AnyRequest

CLEAR: Final = {"Clear-Site-Data": '"cache", "storage"'}
ADD_A_PASSKEY: Final = "/account/passkeys/new"
_PREVIEWS: Final = ("WhatsApp/", "facebookexternalhit/", "TelegramBot", "Slackbot")


async def json_of(request: AnyRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises ClientException: 400."""
    try:
        sent = msgspec.json.decode(await request.body())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise ClientException
    return sent


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


def party_of(settings: Settings) -> Party:
    return Party(settings.rp_id, settings.origin)


def device_in(request: AnyRequest) -> str:
    return device_of(request.headers.get("user-agent", ""))


def signed_in(answer: Response[Any], token: str, settings: Settings) -> Response[Any]:
    """Hand over the session's cookie."""
    answer.set_cookie(_cookie(settings, token, int(LONGEST.total_seconds())))
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
