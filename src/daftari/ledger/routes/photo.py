"""Routes to upload and to show the photo of an entry."""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import msgspec
from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.identity.rules.held import EITHER
from daftari.kernel.pictures import MEDIA_TYPE, redraw
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.actions import add_photo
from daftari.ledger.pages.photo import photo_of
from daftari.ledger.rules.commands import AddPhoto, Photo
from daftari.web.errors import JSON
from daftari.web.hx import is_htmx
from daftari.web.requests import AnyRequest
from daftari.web.uploads import LARGEST_FILE, Sent, file_in

_PHOTO: Final = "/s/{shop:str}/entries/{entry:str}/photo"
# One at a time, in a thread: a photo takes much memory and some hundred milliseconds.
_PHOTO_EXECUTOR: Final = ThreadPoolExecutor(1, "darkroom")


@get(_PHOTO)
async def show_photo(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """The image, with caching disabled."""
    content = await context.read(photo_of, entry)
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


@put(
    _PHOTO,
    may=Permission.RECORD_ENTRY,
    errors_as=JSON,
    even_if=EITHER,
    request_max_body_size=LARGEST_FILE,
)
async def put_photo(context: NamedDependency[ShopContext], entry: FromPath[str]) -> Response[bytes]:
    """Upload an image, from a phone that recorded the entry offline."""
    photo = await _redraw(await file_in(context.request))
    answer = await context.do(add_photo, AddPhoto(entry, photo))
    status = 201 if answer == "written" else 200
    return Response(msgspec.json.encode({"answer": answer}), status_code=status, media_type=JSON)


async def read_sent_photo(sent: Sent) -> Photo | None:
    """The photo of a submitted form, None without one. Raises Refusal(photo=…)."""
    content = sent.files.get("photo")
    if sent.is_cut:
        raise Refusal(photo=Reason("photo_too_large", {"megabytes": LARGEST_FILE // 2**20}))
    return await _redraw(content) if content else None


def choose_again(request: AnyRequest, sent: Sent, refused: Refusal) -> Refusal:
    """The refusal, with a notice that the file has to be chosen again: a browser cannot refill
    it.
    """
    if "photo" in sent.files and "photo" not in refused.reasons and not is_htmx(request):
        refused.reasons["photo"] = Reason("photo_to_choose_again")
    return refused


async def _redraw(sent: bytes) -> Photo:
    content = await asyncio.get_running_loop().run_in_executor(_PHOTO_EXECUTOR, redraw, sent)
    return Photo(content, hashlib.sha256(sent).digest())


route_handlers: Final = [show_photo, put_photo]
