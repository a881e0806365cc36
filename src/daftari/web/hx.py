"""Helpers for htmx and scripts: detection of their requests, and redirects that they follow."""

from litestar import Response

from daftari.web.after_saving import note_saved
from daftari.web.requests import AnyRequest

_READS_REDIRECT = "x-reads-redirect"


def is_htmx(request: AnyRequest) -> bool:
    """Whether the request comes from htmx, so that a fragment is the response."""
    return "hx-request" in request.headers


def redirect_after_post(request: AnyRequest, url: str, *, saved: bool = True) -> Response[bytes]:
    """A redirect to `url` after a POST: 303, or 200 with HX-Redirect for htmx and our scripts.

    Their fetch would follow a 303 by itself and lose the address. `saved`: the next page says that
    something was saved; one that says more itself says it in place of that.
    """
    is_script = is_htmx(request) or _READS_REDIRECT in request.headers
    status, header = (200, "HX-Redirect") if is_script else (303, "Location")
    answer = Response(b"", status_code=status, media_type="text/html", headers={header: url})
    if saved:
        note_saved(request, answer, url, is_script)
    return answer
