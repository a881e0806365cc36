"""File uploads: multipart forms parsed in memory.

Litestar's own parser writes files to the disk, where a shop's papers would lie unencrypted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

from litestar.enums import RequestEncodingType
from litestar.exceptions import ClientException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from multipart import MultipartSegment, PushMultipartParser

from daftari.web.requests import LARGEST_FORM, AnyRequest, in_time, texts

LARGEST_FILE: Final = 8 * 1024 * 1024
LARGEST_UPLOAD: Final = 32 * 1024 * 1024
"""The largest body that is read. Bytes between the two limits are read and dropped, so that the
browser sees the error page."""
UPLOAD_WITHIN: Final = 180.0
_MOST_PARTS: Final = 64


@dataclass(slots=True)
class Sent:
    """The submitted form: `texts` as typed, and the content of each file, by field.

    `is_cut`: the body was longer than the limit, so the files are incomplete; the texts before
    them are complete.
    """

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    is_cut: bool = False


async def sent_in(
    request: AnyRequest, keep: int = LARGEST_FILE, within: float = UPLOAD_WITHIN
) -> Sent:
    """The form of a request, with at most `keep` bytes of it.

    The handler needs a `request_max_body_size` of `LARGEST_UPLOAD`. A form without files has the
    limit of any other form, `LARGEST_FORM`. Raises ClientException (400) for a malformed body,
    RequestEntityTooLarge (413).
    """
    kind, options = request.content_type
    if kind != RequestEncodingType.MULTI_PART:
        return Sent(await _fields_in(request))
    body, is_cut = await in_time(_read(request, keep), within)
    boundary = options.get("boundary", "").encode()
    if is_cut:
        body += b"\r\n--" + boundary + b"--\r\n"
    sent = Sent(is_cut=is_cut)
    _sort(body, boundary, sent)
    if len(body) - sum(map(len, sent.files.values())) > LARGEST_FORM:
        raise RequestEntityTooLarge
    return sent


async def _fields_in(request: AnyRequest) -> dict[str, str]:
    length = request.content_length
    if length is not None and length <= LARGEST_FORM:
        return texts(await request.form())
    if length is not None:
        raise RequestEntityTooLarge
    body, is_cut = await in_time(_read(request, LARGEST_FORM))  # chunked, without a Content-Length
    if is_cut:
        raise RequestEntityTooLarge
    return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True))


async def file_in(request: AnyRequest) -> bytes:
    """The body of a request as raw bytes. Raises what `sent_in` raises."""
    body, is_cut = await in_time(_read(request, LARGEST_FILE), UPLOAD_WITHIN)
    if is_cut:
        raise RequestEntityTooLarge
    return body


async def _read(request: AnyRequest, keep: int) -> tuple[bytes, bool]:
    """The first `keep` bytes of the body, and whether there were more.

    The whole body is read, because a browser that is still sending does not read the response.
    """
    kept, length = bytearray(), 0
    async for piece in request.stream():
        length += len(piece)
        kept += piece[: max(0, keep - len(kept))]
    return bytes(kept), length > keep


def _sort(body: bytes, boundary: bytes, sent: Sent) -> None:
    """Parse the parts into the texts and files of `sent`. Raises ClientException (400)."""
    try:
        for segment, content in _parts(body, boundary):
            if segment.filename:
                sent.files[segment.name] = content
            else:
                sent.texts[segment.name] = content.decode()
    except ValueError as error:  # the parser's errors are ValueErrors too
        raise ClientException from error


def _parts(body: bytes, boundary: bytes) -> Iterator[tuple[MultipartSegment, bytes]]:
    segment, content = None, bytearray()
    with PushMultipartParser(boundary, max_segment_count=_MOST_PARTS) as parser:
        for event in parser.parse(body):
            if isinstance(event, MultipartSegment):
                segment, content = event, bytearray()
            elif event:
                content += event
            elif segment is not None:
                yield segment, bytes(content)
