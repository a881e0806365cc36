"""The small doors of the web itself: health, the choice of language, the browser's own wishes."""

from typing import Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from daftari.kernel.refusal import Refusal
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import LANGUAGES
from daftari.web.redirects import local_path
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.view import LANGUAGE_COOKIE, assets

_YEAR: Final = 365 * 24 * 60 * 60
_TEXT: Final = "text/plain"


@get("/healthz", public=True)
async def healthz() -> Response[str]:
    """The program runs."""
    return Response("ok\n", media_type=_TEXT)


@get("/readyz", public=True)
async def readyz(request: AnyRequest) -> Response[str]:
    """The program can keep what it is given: it has started, and the disk has room."""
    if request.app.state.storage.is_low():
        return Response("low on disk\n", status_code=503, media_type=_TEXT)
    return Response("ready\n", media_type=_TEXT)


@post("/language", public=True)
async def choose_language(request: AnyRequest) -> Response[bytes]:
    """A stranger's choice, kept on the phone. Fields: language, next."""
    typed = await typed_in(request)
    language = typed.get("language", "")
    if language not in LANGUAGES:
        raise Refusal(language="language_unknown")
    answer = redirect_after_post(request, local_path(typed.get("next", "")))
    answer.set_cookie(_kept(language, request.app.state.settings.is_https))
    return answer


@get("/favicon.ico", public=True)
async def favicon() -> Redirect:
    """Browsers ask for it on pages that name no icon."""
    kept = {"Cache-Control": "public, max-age=86400"}
    return Redirect(assets().url("icons/app.svg"), headers=kept)


@get("/robots.txt", public=True)
async def robots() -> Response[str]:
    """Only the landing page is for everybody."""
    return Response("User-agent: *\nAllow: /$\nDisallow: /\n", media_type=_TEXT)


def _kept(language: str, is_https: bool) -> Cookie:
    return Cookie(
        key=LANGUAGE_COOKIE,
        value=language,
        path="/",
        max_age=_YEAR,
        secure=is_https,
        httponly=True,
        samesite="lax",
    )


route_handlers: Final = [healthz, readyz, choose_language, favicon, robots]
