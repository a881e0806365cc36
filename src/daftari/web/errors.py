"""Saying no, and saying sorry: every refusal and failure as a page, a fragment, or JSON.

An answer never holds a stack, a name, or the words of an exception.
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
from daftari.web.hx import is_htmx
from daftari.web.i18n import marked as _
from daftari.web.i18n import reason_text
from daftari.web.logs import log_failure
from daftari.web.requests import AnyRequest
from daftari.web.templates import render
from daftari.web.view import language_of, path_of

JSON: Final = "application/json"

_Answer = Callable[[AnyRequest, Exception], Response[Any]]


@dataclass(frozen=True, slots=True)
class Face:
    """How an error looks: its status, its stable name, and what it says in a title and a line."""

    status: int
    name: str
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """`reasons`: what was refused, by field. `request_id`: what to tell the operator, or ''."""

    face: Face
    reasons: Mapping[str, Reason]
    request_id: str = ""


_FACES: Final = tuple(
    Face(*words)
    for words in (
        (400, "bad_request", _("This request is not clear"), _("Go back and try once more.")),
        (403, "forbidden", _("This did not come from our page"), _("Open Daftari and try there.")),
        (404, "not_found", _("There is nothing here"), _("Check the address, or start anew.")),
        (405, "method_not_allowed", _("There is nothing here"), _("Go back and try once more.")),
        (409, "conflict", _("This was written differently"), _("Look into the book again.")),
        (413, "too_large", _("This is too much at once"), _("Shorten the text and try again.")),
        (422, "refused", _("This could not be accepted"), _("Go back and put it right.")),
        (429, "too_many_requests", _("Too many tries"), _("Wait a minute, then try again.")),
        (
            500,
            "unexpected",
            _("Something went wrong"),
            _("Look into the book before you write it again."),
        ),
        (
            503,
            "shop_damaged",
            _("This book cannot be opened"),
            _("Its file is damaged. Tell whoever runs Daftari: other shops are not affected."),
        ),
        (
            503,
            "shop_ahead",
            _("This book is newer than the program"),
            _("It was written by a newer Daftari. Tell whoever runs it to update."),
        ),
        (
            507,
            "storage_full",
            _("There is no room left to save"),
            _("Nothing was saved. You can go on reading; tell whoever runs Daftari."),
        ),
    )
)
FACES: Final = {face.name: face for face in _FACES}
_by_status: Final = {face.status: face for face in reversed(_FACES)}


def answering(name: str) -> _Answer:
    """A handler that answers an exception with the face of this name; 5xx goes to the log."""
    face = FACES[name]

    def answer(request: AnyRequest, error: Exception) -> Response[Any]:
        if face.status >= 500:
            log_failure(request.scope, error)
        return show(request, face)

    return answer


def show(
    request: AnyRequest,
    face: Face,
    reasons: Mapping[str, Reason] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response[Any]:
    """The answer itself: JSON for programs, a line over the page for htmx, else a page."""
    reasons = reasons or {}
    if wants_json(request):
        return _as_json(request, face, reasons, headers)
    request_id = request.scope["state"].get("request_id", "") if face.status >= 500 else ""
    page = ErrorPage(face, reasons, request_id)
    if is_htmx(request):
        over = {"HX-Retarget": "#toasts", "HX-Reswap": "innerHTML", **(headers or {})}
        return render(request, "errors/_error.html", page, face.status, over)
    return render(request, "errors/error.html", page, face.status, headers)


def status_of(refusal: Refusal) -> int:
    """Of a page that comes back with what was refused."""
    return FACES["conflict" if isinstance(refusal, Conflict) else "refused"].status


def wants_json(request: AnyRequest) -> bool:
    """Whether a program asks, and not a person's browser; some doors (`speaks=JSON`) are theirs."""
    headers, handler = request.headers, request.scope.get("route_handler")
    if handler is not None and handler.opt.get("speaks") == JSON:
        return True
    sent, accepted = headers.get("content-type", ""), headers.get("accept", "")
    return sent.startswith(JSON) or accepted.startswith(JSON)


def _answer_refusal(request: AnyRequest, error: Refusal) -> Response[Any]:
    return show(request, FACES["refused"], error.reasons)


def _answer_conflict(request: AnyRequest, error: Conflict) -> Response[Any]:
    return show(request, FACES["conflict"], error.reasons)


def _answer_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    face = _by_status.get(error.status_code)
    if face is None:
        face = FACES["unexpected"] if error.status_code >= 500 else FACES["bad_request"]
    if face.status >= 500:
        log_failure(request.scope, error)
    return show(request, face, headers=_told_in_headers(error))


def _told_in_headers(error: HTTPException) -> dict[str, str]:
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 429 and "ratelimit-reset" in headers:
        headers["retry-after"] = headers["ratelimit-reset"]
    return headers


def _send_to_the_door(request: AnyRequest, error: NotAuthorizedException) -> Response[Any]:
    """Not signed in: to the page that helps (`error.door`), and from there back here."""
    door: str = getattr(error, "door", "/signin")
    if wants_json(request):
        return Response({"error": "not_signed_in", "door": door}, status_code=401)
    if request.method == "GET" and not is_htmx(request):
        door = f"{door}?next={quote(path_of(request), safe='')}"
    status, header = (401, "HX-Redirect") if is_htmx(request) else (303, "Location")
    return Response(b"", status_code=status, media_type="text/html", headers={header: door})


def _as_json(
    request: AnyRequest,
    face: Face,
    reasons: Mapping[str, Reason],
    headers: Mapping[str, str] | None,
) -> Response[Any]:
    language = language_of(request)
    told = {
        field: {"name": reason.name, "text": reason_text(language, reason)}
        for field, reason in reasons.items()
    }
    content = msgspec.json.encode({"error": face.name, "reasons": told})
    return Response(content, status_code=face.status, media_type=JSON, headers=headers)


HANDLERS: Final[ExceptionHandlersMap] = {
    Conflict: _answer_conflict,
    Refusal: _answer_refusal,
    Missing: answering("not_found"),
    NotAuthorizedException: _send_to_the_door,
    HTTPException: _answer_http,
    Exception: answering("unexpected"),
}
