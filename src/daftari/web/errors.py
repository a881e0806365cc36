"""Exception handlers: every refusal and failure becomes a page, a fragment, or JSON.

A response never contains a stack trace, a class name, or the message of an exception.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, NotAuthorizedException
from litestar.types import ExceptionHandlersMap

from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal
from daftari.web.error_texts import BY_STATUS, ErrorText
from daftari.web.error_texts import ERROR_TEXTS as ERROR_TEXTS
from daftari.web.hx import is_htmx
from daftari.web.i18n import reason_text
from daftari.web.logs import log_failure
from daftari.web.requests import AnyRequest, path_of
from daftari.web.templates import render
from daftari.web.view import FormerMark, former_mark, language_of

JSON: Final = "application/json"


class Held(HTTPException):
    """The session is held by a counter or a lock. `page`: the only page that it shows."""

    status_code = 423

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page


_Answer = Callable[[AnyRequest, Exception], Response[Any]]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """The data of an error page.

    `reasons`: why fields were refused, by field. `request_id`: the id to tell the operator, or ''.
    `again`: the address to try again later, or ''. `has_book`: whether to link to the first page;
    it redirects to the last book, which may be the one that cannot be opened. `former`: for the
    phone that may still hold the book that is not found.
    """

    error_text: ErrorText
    reasons: Mapping[str, Reason]
    request_id: str = ""
    again: str = ""
    has_book: bool = True
    former: FormerMark | None = None


def answering(name: str, headers: Mapping[str, str] | None = None) -> _Answer:
    """An exception handler that shows the error text of this name; a 5xx is logged."""
    error_text = ERROR_TEXTS[name]

    def answer(request: AnyRequest, error: Exception) -> Response[Any]:
        if error_text.status >= 500:
            log_failure(request.scope, error)
        return show(request, error_text, headers=headers)

    return answer


def show(
    request: AnyRequest,
    error_text: ErrorText,
    reasons: Mapping[str, Reason] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[Any]:
    """The response of an error: JSON for programs, a toast for htmx, else a page."""
    reasons = reasons or {}
    if wants_json(request):
        return _as_json(request, error_text, reasons, headers)
    page = _page(request, error_text, reasons)
    if is_htmx(request):
        over = {"HX-Retarget": "#toasts", "HX-Reswap": "innerHTML", **(headers or {})}
        return render(request, "errors/_error.html", page, error_text.status, over)
    return render(request, "errors/error.html", page, error_text.status, headers)


def _page(request: AnyRequest, error_text: ErrorText, reasons: Mapping[str, Reason]) -> ErrorPage:
    if error_text.status < 500:
        return ErrorPage(error_text, reasons, former=_former(request, error_text))
    request_id = request.scope["state"].get("request_id", "")
    again = path_of(request) if request.method == "GET" else ""
    return ErrorPage(error_text, reasons, request_id, again, error_text.status != 503)


def _former(request: AnyRequest, error_text: ErrorText) -> FormerMark | None:
    is_of_shop = error_text.status == 404 and path_of(request).startswith("/s/")
    return former_mark(request) if is_of_shop else None


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a form page that shows this refusal."""
    return ERROR_TEXTS["conflict" if isinstance(refusal, Conflict) else "refused"].status


def wants_json(request: AnyRequest) -> bool:
    """Whether the response is JSON: for a JSON request, or a route with `errors_as=JSON`."""
    headers, handler = request.headers, request.scope.get("route_handler")
    if handler is not None and handler.opt.get("errors_as") == JSON:
        return True
    sent, accepted = headers.get("content-type", ""), headers.get("accept", "")
    return sent.startswith(JSON) or accepted.startswith(JSON)


def _answer_refusal(request: AnyRequest, error: Refusal) -> Response[Any]:
    return show(request, ERROR_TEXTS["refused"], error.reasons)


def _answer_conflict(request: AnyRequest, error: Conflict) -> Response[Any]:
    return show(request, ERROR_TEXTS["conflict"], error.reasons)


def _answer_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    error_text = BY_STATUS.get(error.status_code)
    if error_text is None:
        error_text = (
            ERROR_TEXTS["unexpected"] if error.status_code >= 500 else ERROR_TEXTS["bad_request"]
        )
    if error_text.status >= 500:
        log_failure(request.scope, error)
    return show(request, error_text, headers=_headers_of(error))


def _headers_of(error: HTTPException) -> dict[str, str]:
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 429 and "ratelimit-reset" in headers:
        headers["retry-after"] = headers["ratelimit-reset"]
    return headers


def _answer_signed_out(request: AnyRequest, error: NotAuthorizedException) -> Response[Any]:
    """The response to a request without a valid session: a redirect to the sign-in page.

    The redirect (to `error.signin_url`) returns to this page after the sign-in. A form that was
    sent (`error.saved_form`) is shown again beside the link to sign in. JSON also names the person
    whose session was revoked (`error.wipe`).
    """
    url: str = getattr(error, "signin_url", "/signin")
    if wants_json(request):
        payload: dict[str, Any] = {"error": "not_signed_in", "door": url}
        if person_id := getattr(error, "wipe", None):
            payload |= {"wipe": True, "person": person_id}
        return Response(payload, status_code=401)
    if kept := getattr(error, "saved_form", None):
        return render(request, "errors/signed_out.html", kept, 401)
    if request.method == "GET" and not is_htmx(request):
        url = f"{url}?next={quote(path_of(request), safe='')}"
    status, header = (401, "HX-Redirect") if is_htmx(request) else (303, "Location")
    return Response(b"", status_code=status, media_type="text/html", headers={header: url})


def _answer_held(request: AnyRequest, error: Held) -> Response[Any]:
    """The response to a request of a held session: a redirect to its page. A program is told to
    wait: what a phone wanted to send waits on.
    """
    if wants_json(request):
        return Response({"error": "held", "page": error.page}, status_code=error.status_code)
    status, header = (200, "HX-Redirect") if is_htmx(request) else (303, "Location")
    return Response(b"", status_code=status, media_type="text/html", headers={header: error.page})


def _as_json(
    request: AnyRequest,
    error_text: ErrorText,
    reasons: Mapping[str, Reason],
    headers: Mapping[str, str] | None,
) -> Response[Any]:
    language = language_of(request)
    payload = {
        field: {"name": reason.name, "text": reason_text(language, reason)}
        for field, reason in reasons.items()
    }
    content = msgspec.json.encode({"error": error_text.name, "reasons": payload})
    return Response(content, status_code=error_text.status, media_type=JSON, headers=headers)


HANDLERS: Final[ExceptionHandlersMap] = {
    Conflict: _answer_conflict,
    Refusal: _answer_refusal,
    Missing: answering("not_found"),
    NotAuthorizedException: _answer_signed_out,
    Held: _answer_held,
    HTTPException: _answer_http,
    Exception: answering("unexpected"),
}
