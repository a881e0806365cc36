"""Routes to record an entry and to reverse one."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import reverse_entry, submit_entry
from daftari.ledger.forms import (
    SAVED_OF_ENTRY,
    SAVED_OF_REVERSAL,
    EntryForm,
    SubmittedEntry,
    read_reversal,
)
from daftari.ledger.forms.approval import asks
from daftari.ledger.pages.entry import entry_page, new_form
from daftari.ledger.pages.reversal import reversal_page
from daftari.ledger.routes.common import ask, record, show
from daftari.ledger.routes.photo import choose_again, read_sent_photo
from daftari.web.errors import status_of
from daftari.web.requests import typed_in
from daftari.web.uploads import LARGEST_UPLOAD, sent_in
from daftari.web.view import language_of

_ENTRIES: Final = "/s/{shop:str}/customers/{customer:str}/entries"
_REVERSAL: Final = "/s/{shop:str}/entries/{entry:str}/reversal"


@get(f"{_ENTRIES}/new", may=Permission.RECORD_ENTRY)
async def show_sheet(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the sheet as a page, or for htmx as a fragment over the account page."""
    asked = context.request.query_params
    form = new_form(asked.get("kind", ""), asked.get("amount", ""))
    return await _sheet(context, customer, form)


@post(
    _ENTRIES,
    may=Permission.RECORD_ENTRY,
    saves=SAVED_OF_ENTRY,
    request_max_body_size=LARGEST_UPLOAD,
)
async def post_entry(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Record one entry, with its photo if there is one. Idempotent by the form's id."""
    sent = await sent_in(context.request)
    form = EntryForm.typed(sent.texts)
    try:
        command = SubmittedEntry(customer, form, context.today, await read_sent_photo(sent))
        if asks(sent.texts):
            return await ask(context, command)
        return await record(context, submit_entry, command)
    except Refusal as refused:
        return await _sheet(context, customer, form, choose_again(context.request, sent, refused))


@get(_REVERSAL, may=Permission.REVERSE_OWN_ENTRY)
async def show_reversal(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Show the confirmation page of a reversal."""
    return await _reversal(context, entry, {})


@post(_REVERSAL, may=Permission.REVERSE_OWN_ENTRY, saves=SAVED_OF_REVERSAL)
async def post_reversal(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Reverse an entry. Idempotent by the form's id."""
    typed = await typed_in(context.request)
    try:
        command = read_reversal(typed, entry)
        if asks(typed):
            return await ask(context, command)
        return await record(context, reverse_entry, command)
    except Refusal as refused:
        return await _reversal(context, entry, typed, refused)


async def _sheet(
    context: ShopContext, customer_id: str, form: EntryForm, refused: Refusal | None = None
) -> Response[bytes]:
    language, reasons = language_of(context.request), refused.reasons if refused else {}
    shown = (context.member, context.today, language, customer_id, form, reasons)
    page = await context.read_page(entry_page, *shown)
    return show(context, "entry", "_sheet", page, status_of(refused) if refused else 200)


async def _reversal(
    context: ShopContext, entry_id: str, typed: Mapping[str, str], refused: Refusal | None = None
) -> Response[bytes]:
    reasons = refused.reasons if refused else {}
    page = await context.read_page(
        reversal_page, context.member, context.today, entry_id, typed, reasons
    )
    return show(context, "reversal", "_reversal", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_sheet, post_entry, show_reversal, post_reversal]
