"""After saving: the next page says so once, and Back does not show the saved form again.

With JavaScript the form's page is replaced in the history (`js/save-form.js`). Without it the
browser requests the form again when its reader goes back: a cookie holds the address of the form
and where saving led, and a request that nobody tapped for is redirected there, once.
"""

from typing import Final
from urllib.parse import quote, unquote, urlsplit

from litestar import Response
from litestar.datastructures import Cookie

from daftari.web.redirects import local_path
from daftari.web.requests import AnyRequest, path_of

SAVED: Final = "saved"
LEFT_FORM: Final = "left-form"
_SAID_WITHIN: Final = 30
_BACK_WITHIN: Final = 15 * 60
_LONGEST: Final = 2_000


def note_saved(request: AnyRequest, answer: Response[bytes], url: str, is_replaced: bool) -> None:
    """Set the cookies of a redirect to `url`. `is_replaced`: a script replaces the form's page."""
    answer.set_cookie(_cookie(request, SAVED, "1", _SAID_WITHIN))
    form = "" if is_replaced else _form_of(request)
    if form and urlsplit(form).path != urlsplit(url).path:
        pair = f"{quote(form, safe='')}:{quote(url, safe='')}"
        if len(pair) <= _LONGEST:
            answer.set_cookie(_cookie(request, LEFT_FORM, pair, _BACK_WITHIN))


def note_said(request: AnyRequest, answer: Response[bytes]) -> None:
    """Delete the cookie of what this page has said."""
    answer.set_cookie(_cookie(request, SAVED, "", 0))


async def skip_saved_form(request: AnyRequest) -> Response[bytes] | None:
    """A redirect where somebody goes back to a form that was saved; else None.

    Browsers send `Sec-Fetch-User` with a link that is tapped, and not when they go back.
    """
    pair = request.cookies.get(LEFT_FORM)
    headers = request.headers
    if not pair or request.method != "GET" or headers.get("sec-fetch-mode") != "navigate":
        return None
    form, _, url = pair.partition(":")
    if "sec-fetch-user" in headers or unquote(form) != path_of(request):
        return None
    location = {"Location": local_path(unquote(url))}
    answer = Response(b"", status_code=303, media_type="text/html", headers=location)
    answer.set_cookie(_cookie(request, LEFT_FORM, "", 0))
    return answer


def _form_of(request: AnyRequest) -> str:
    """The address of the page that sent the form; our policy tells it to ourselves only."""
    parts = urlsplit(request.headers.get("referer", ""))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _cookie(request: AnyRequest, key: str, value: str, seconds: int) -> Cookie:
    is_https = request.app.state.settings.is_https
    return Cookie(key, value=value, path="/", max_age=seconds, secure=is_https, samesite="lax")
