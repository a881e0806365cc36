"""The cookie that binds a challenge to the browser which asked for it."""

from typing import Any, Final

from litestar import Response
from litestar.datastructures import Cookie

from daftari.identity.guards.access import cookie_name
from daftari.identity.guards.context import RequestContext
from daftari.identity.routes.common import device_in, party_of
from daftari.identity.rules.ceremonies import Ceremony, tokens_in
from daftari.identity.rules.passkeys import ANSWER_WITHIN

_NAME: Final = "ceremony"


def ceremony_of(context: RequestContext) -> Ceremony:
    """The ceremony that a request answers."""
    tokens = tokens_in(context.request.cookies, cookie_name(context.settings, _NAME))
    return Ceremony(party_of(context), tokens, device_in(context).name)


def new_ceremony(context: RequestContext) -> Ceremony:
    """The ceremony that a request asks for; its answer is `asked`."""
    return ceremony_of(context).asking(cookie_name(context.settings, _NAME))


def asked(context: RequestContext, ceremony: Ceremony, options: Any) -> Response[Any]:
    """The options for the browser, with the cookie; it lasts as long as a challenge holds."""
    answer: Response[Any] = Response(options)
    name, token = ceremony.tokens[0]
    answer.set_cookie(
        Cookie(
            key=name,
            value=token,
            path="/",
            max_age=int(ANSWER_WITHIN.total_seconds()),
            secure=context.settings.is_https,
            httponly=True,
            samesite="strict",
        )
    )
    return answer
