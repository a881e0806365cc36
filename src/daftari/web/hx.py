"""What we need to know of htmx: whether it asks, and how to send it elsewhere."""

from litestar import Response

from daftari.web.requests import AnyRequest


def is_htmx(request: AnyRequest) -> bool:
    """Whether htmx asks, and a fragment is the answer."""
    return "hx-request" in request.headers


def redirect_after_post(request: AnyRequest, url: str) -> Response[bytes]:
    """Send the browser to `url` after a deed: 303, or HX-Redirect with 200 for htmx.

    A fetch follows a 303 by itself and would swap the whole page into the target.
    """
    if is_htmx(request):
        return Response(b"", status_code=200, media_type="text/html", headers={"HX-Redirect": url})
    return Response(b"", status_code=303, media_type="text/html", headers={"Location": url})
