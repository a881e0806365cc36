"""Routes of one entry's page, and of the photo that is added there."""

from dataclasses import replace
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.sessions import device_names
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import add_photo
from daftari.ledger.pages.entries import Reader
from daftari.ledger.pages.entry_details import entry_details_page
from daftari.ledger.routes.common import show
from daftari.ledger.routes.photo import read_sent_photo
from daftari.ledger.rules.commands import AddPhoto
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.uploads import LARGEST_UPLOAD, sent_in

_ENTRY: Final = "/s/{shop:str}/entries/{entry:str}"


@get(_ENTRY, is_for_back=True)
async def show_entry(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Show the entry's page; for htmx as a sheet over the account."""
    return await _details(context, entry)


@post(f"{_ENTRY}/photo", may=Permission.RECORD_ENTRY, request_max_body_size=LARGEST_UPLOAD)
async def post_photo(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Add the photo of an entry that has none yet."""
    try:
        photo = await read_sent_photo(await sent_in(context.request))
        if photo is None:
            raise Refusal(photo="photo_missing")
        await context.do(add_photo, AddPhoto(entry, photo))
    except Refusal as refused:
        return await _details(context, entry, refused)
    return redirect_after_post(context.request, f"{context.member.shop.home}/entries/{entry}")


async def _details(
    context: ShopContext, entry_id: str, refused: Refusal | None = None
) -> Response[bytes]:
    reader = Reader(context.member, context.at, await context.names())
    reasons = refused.reasons if refused else {}
    page = await context.read_page(entry_details_page, reader, entry_id, reasons)
    if page.session_id is not None:
        devices = await context.control.read(device_names, {page.session_id})
        page = replace(page, device=devices.get(page.session_id, ""))
    return show(context, "details", "_details", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_entry, post_photo]
