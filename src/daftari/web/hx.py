"""Helpers for htmx: detection of its requests, and redirects that it follows."""

from litestar import Response

from daftari.web.requests import AnyRequest


def is_htmx(request: AnyRequest) -> bool:
    """Whether the request comes from htmx, so that a fragment is the response."""
    return "hx-request" in request.headers


def redirect_after_post(request: AnyRequest, url: str) -> Response[bytes]:
    """A redirect to `url` after a POST: 303, or 200 with HX-Redirect for htmx.

    The fetch of htmx would follow a 303 by itself and swap the whole page into the target.
    """
    if is_htmx(request):
        return Response(b"", status_code=200, media_type="text/html", headers={"HX-Redirect": url})
    return Response(b"", status_code=303, media_type="text/html", headers={"Location": url})
