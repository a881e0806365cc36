"""Security and cache headers of every response."""

from typing import Final

Header = tuple[bytes, bytes]

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_PERMISSIONS_POLICY: Final = ", ".join(
    (
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        "camera=()",
        "geolocation=()",
        "microphone=()",
        "payment=()",
        "usb=()",
    )
)
# No page is stored in an HTTP cache; the service worker alone stores data for offline use.
_NO_STORE: Final[list[Header]] = [(b"cache-control", b"no-store")]
# The pages of the book: only the browser may hold them, and only as the live page behind its Back
# button. `Vary: *` (RFC 9110, 12.5.5) lets no stored copy answer a request, not even one by Back.
_FOR_BACK: Final[list[Header]] = [(b"cache-control", b"private, no-cache"), (b"vary", b"*")]


class SecurityHeaders:
    """The security headers of the installation, added to a response in place."""

    def __init__(self, is_https: bool) -> None:
        self._every: list[Header] = [
            (b"x-content-type-options", b"nosniff"),
            (b"cross-origin-resource-policy", b"same-origin"),
        ]
        if is_https:
            self._every.append((b"strict-transport-security", b"max-age=31536000"))
        self._page: list[Header] = [
            *self._every,
            (b"content-security-policy", POLICY.encode()),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"permissions-policy", _PERMISSIONS_POLICY.encode()),
            (b"referrer-policy", b"same-origin"),
        ]

    def add_to(self, headers: list[Header], request_id: str, *, is_for_back: bool = False) -> None:
        """Add the short set of headers to an immutable file, and the full set to all else.

        A response without a `Cache-Control` of its own gets `no-store`; `is_for_back`: or what lets
        the browser keep the page for its Back button.
        """
        cached = next((value for name, value in headers if name.lower() == b"cache-control"), None)
        if cached is not None and b"immutable" in cached:
            headers.extend(self._every)
            return
        headers.extend(self._page)
        headers.append((b"x-request-id", request_id.encode()))
        if cached is None:
            headers.extend(_FOR_BACK if is_for_back else _NO_STORE)
