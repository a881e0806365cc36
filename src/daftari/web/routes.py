"""Routes without a domain: health checks, choice of language, favicon and robots.txt."""

from typing import Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from daftari.kernel.languages import LANGUAGES
from daftari.kernel.refusal import Refusal
from daftari.web.hx import redirect_after_post
from daftari.web.redirects import local_path
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.view import LANGUAGE_COOKIE, assets

_YEAR: Final = 365 * 24 * 60 * 60
_TEXT: Final = "text/plain"
_FOR_A_DAY: Final = {"Cache-Control": "public, max-age=86400"}


@get("/healthz", public=True)
async def healthz() -> Response[str]:
    """The liveness check: the process answers."""
    return Response("ok\n", media_type=_TEXT)


@get("/readyz", public=True)
async def readyz(request: AnyRequest) -> Response[str]:
    """The readiness check: the program has started, and the disk has room for writes."""
    if request.app.state.storage.is_low():
        return Response("low on disk\n", status_code=503, media_type=_TEXT)
    return Response("ready\n", media_type=_TEXT)


@post("/language", public=True)
async def choose_language(request: AnyRequest) -> Response[bytes]:
    """Set the language cookie of somebody who is not signed in. Fields: language, next."""
    typed = await typed_in(request)
    language = typed.get("language", "")
    if language not in LANGUAGES:
        raise Refusal(language="language_unknown")
    answer = redirect_after_post(request, local_path(typed.get("next", "")), saved=False)
    answer.set_cookie(_language_cookie(language, request.app.state.settings.is_https))
    return answer


@get("/favicon.ico", public=True)
async def favicon() -> Redirect:
    """Redirect to the icon; browsers request this path on pages that name none."""
    return Redirect(assets().url("icons/app.svg"), headers=_FOR_A_DAY)


@get("/apple-touch-icon.png", public=True)
async def apple_touch_icon() -> Response[bytes]:
    """The icon for an iPhone's home screen; some versions look for it here only."""
    icon = assets().content("icons/app-180.png")
    return Response(icon, media_type="image/png", headers=_FOR_A_DAY)


@get("/robots.txt", public=True)
async def robots() -> Response[str]:
    """Rules for crawlers: they may index only the landing page, with its picture."""
    rules = "User-agent: *\nAllow: /$\nAllow: /static/\nDisallow: /\n"
    return Response(rules, media_type=_TEXT)


def _language_cookie(language: str, is_https: bool) -> Cookie:
    return Cookie(
        key=LANGUAGE_COOKIE,
        value=language,
        path="/",
        max_age=_YEAR,
        secure=is_https,
        httponly=True,
        samesite="lax",
    )


route_handlers: Final = [
    healthz,
    readyz,
    choose_language,
    favicon,
    apple_touch_icon,
    robots,
]
