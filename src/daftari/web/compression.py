"""Gzip compression of rendered responses: a page shrinks to a fifth of its size."""

import zlib
from typing import Final

from daftari.web.requests import AnyRequest

_SMALLEST: Final = 1024
_FASTEST: Final = 1
_GZIP_WINDOW: Final = 31


def compress(request: AnyRequest, content: bytes) -> tuple[bytes, dict[str, str]]:
    """The content, compressed where the browser accepts it, and the headers that go with it.

    A response to a cross-site request is not compressed: the length of a compressed page, with text
    chosen by that site in it, reveals something about the rest (the BREACH attack).
    """
    if len(content) < _SMALLEST:
        return content, {}
    headers = request.headers
    vary = {"Vary": "Accept-Encoding"}
    if "gzip" not in accepted_codings(headers.get("accept-encoding", "")):
        return content, vary
    if headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return content, vary
    compressor = zlib.compressobj(_FASTEST, zlib.DEFLATED, _GZIP_WINDOW)
    compressed = compressor.compress(content) + compressor.flush()
    return compressed, {**vary, "Content-Encoding": "gzip"}


def accepted_codings(header: str) -> set[str]:
    """The codings of an `Accept-Encoding` header, without those with `q=0` (RFC 9110, 12.5.3)."""
    named = [part.partition(";") for part in header.lower().split(",")]
    return {name.strip() for name, _, weight in named if not _is_refused(weight)}


def _is_refused(weight: str) -> bool:
    name, _, value = weight.replace(" ", "").partition("=")
    return name == "q" and value.strip("0.") == ""
