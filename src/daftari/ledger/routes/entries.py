"""Writing an entry, and answering a mistake."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import (
    Recorded,
    record_entry,
    record_entry_with_photo,
    reverse_entry,
)
from daftari.ledger.forms import KEPT_OF_ENTRY, KEPT_OF_REVERSAL, EntryForm, read_reversal
from daftari.ledger.pages.entry import entry_page, new_form, reversal_page
from daftari.ledger.routes.common import show, show_written
from daftari.ledger.routes.photo import choose_again, develop_sent
from daftari.ledger.rules.commands import Photo, RecordEntry, RecordWithPhoto
from daftari.web.errors import status_of
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.uploads import LARGEST_UPLOAD, sent_in
from daftari.web.view import language_of

_ENTRIES: Final = "/s/{shop:str}/customers/{customer:str}/entries"
_REVERSAL: Final = "/s/{shop:str}/entries/{entry:str}/reversal"


@get(f"{_ENTRIES}/new", may=Deed.RECORD_ENTRY)
async def show_sheet(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """The sheet as a page of its own, or for htmx to slide over the customer's page."""
    asked = request.query_params
    form = new_form(asked.get("kind", ""), asked.get("amount", ""))
    return await _sheet(Desk.of(request), customer, form)


@post(
    _ENTRIES,
    may=Deed.RECORD_ENTRY,
    keeps=KEPT_OF_ENTRY,
    request_max_body_size=LARGEST_UPLOAD,
)
async def post_entry(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """Write one line, with its photo if there is one; the same form sent twice is one line."""
    desk, sent = Desk.of(request), await sent_in(request)
    form = EntryForm.typed(sent.texts)
    try:
        command = form.command(desk.member.shop, customer, desk.today)
        done = await _record(desk, command, await develop_sent(sent))
    except Refusal as refused:
        return await _sheet(desk, customer, form, choose_again(request, sent, refused))
    return await show_written(desk, customer, done.line.id)


async def _record(desk: Desk, command: RecordEntry, photo: Photo | None) -> Recorded:
    if photo is None:
        return await desk.do(record_entry, command)
    return await desk.do(record_entry_with_photo, RecordWithPhoto(command, photo))


@get(_REVERSAL, may=Deed.REVERSE_OWN_ENTRY)
async def show_reversal(request: AnyRequest, entry: FromPath[str]) -> Response[bytes]:
    """Asks once before a line is undone."""
    return await _reversal(Desk.of(request), entry, {})


@post(_REVERSAL, may=Deed.REVERSE_OWN_ENTRY, keeps=KEPT_OF_REVERSAL)
async def post_reversal(request: AnyRequest, entry: FromPath[str]) -> Response[bytes]:
    """Undo a line by a line; sent twice it is one."""
    desk, typed = Desk.of(request), await typed_in(request)
    try:
        command = read_reversal(typed, entry)
        done = await desk.do(reverse_entry, command)
    except Refusal as refused:
        return await _reversal(desk, entry, typed, refused)
    return await show_written(desk, done.line.customer_id, done.line.id)


async def _sheet(
    desk: Desk, customer_id: str, form: EntryForm, refused: Refusal | None = None
) -> Response[bytes]:
    language, reasons = language_of(desk.request), refused.reasons if refused else {}
    shown = (desk.member, desk.today, language, customer_id, form, reasons)
    page = await desk.read(entry_page, *shown)
    return show(desk, "entry", "_sheet", page, status_of(refused) if refused else 200)


async def _reversal(
    desk: Desk, entry_id: str, typed: Mapping[str, str], refused: Refusal | None = None
) -> Response[bytes]:
    reasons = refused.reasons if refused else {}
    page = await desk.read(reversal_page, desk.member, desk.today, entry_id, typed, reasons)
    return show(desk, "reversal", "_reversal", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_sheet, post_entry, show_reversal, post_reversal]
