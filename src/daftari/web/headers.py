"""What every answer says to the browser about itself."""

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
_POWERS: Final = ", ".join(
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
# A page of people's debts stays in no cache, neither between us and the phone nor on its disk:
# what the phone may keep, the service worker keeps on purpose.
_NOT_KEPT: Final = (b"cache-control", b"no-store")


class SecurityHeaders:
    """Adds the headers to an answer, in place."""

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
            (b"permissions-policy", _POWERS.encode()),
            (b"referrer-policy", b"same-origin"),
        ]

    def add_to(self, headers: list[Header], request_id: str) -> None:
        """A file that never changes gets the short set; all else the full one.

        Without a `Cache-Control` of its own an answer is not kept anywhere.
        """
        kept = next((value for name, value in headers if name.lower() == b"cache-control"), None)
        if kept is not None and b"immutable" in kept:
            headers.extend(self._every)
            return
        headers.extend(self._page)
        headers.append((b"x-request-id", request_id.encode()))
        if kept is None:
            headers.append(_NOT_KEPT)
