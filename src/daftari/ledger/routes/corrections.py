"""Routes of the correction of an entry."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import submit_correction
from daftari.ledger.forms import SAVED_OF_CORRECTION, SubmittedCorrection
from daftari.ledger.forms.approval import asks
from daftari.ledger.pages.correction import correction_page
from daftari.ledger.routes.common import ask, record, show
from daftari.web.errors import status_of
from daftari.web.requests import typed_in

_CORRECTION: Final = "/s/{shop:str}/entries/{entry:str}/correction"


@get(_CORRECTION, may=Permission.REVERSE_OWN_ENTRY)
async def show_correction(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Show the form, filled in with what stands."""
    return await _correction(context, entry, {})


@post(_CORRECTION, may=Permission.REVERSE_OWN_ENTRY, saves=SAVED_OF_CORRECTION)
async def post_correction(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Correct an entry. Fields that are not sent stay as they are. Idempotent by the form's ids."""
    typed = await typed_in(context.request)
    try:
        if asks(typed):
            return await ask(context, SubmittedCorrection(entry, typed))
        return await record(context, submit_correction, SubmittedCorrection(entry, typed))
    except Refusal as refused:
        return await _correction(context, entry, typed, refused)


async def _correction(
    context: ShopContext, entry_id: str, typed: Mapping[str, str], refused: Refusal | None = None
) -> Response[bytes]:
    reasons = refused.reasons if refused else {}
    page = await context.read_page(
        correction_page, context.member, context.today, entry_id, typed, reasons
    )
    status = status_of(refused) if refused else 200
    return show(context, "correction", "_correction", page, status)


route_handlers: Final = [show_correction, post_correction]
