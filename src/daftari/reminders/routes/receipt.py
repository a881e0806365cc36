"""Routes of the receipt of an entry."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.receipts import prepare_receipt
from daftari.reminders.forms.remind import read_asking
from daftari.reminders.pages.receipt import receipt_page
from daftari.reminders.routes.common import channels_of, reason_of, show, to_message
from daftari.reminders.rules.commands import PrepareReceipt
from daftari.reminders.rules.settings import Tone
from daftari.web.errors import status_of
from daftari.web.requests import typed_in

_ONE: Final = "/s/{shop:str}/entries/{entry:str}"


@get(f"{_ONE}/receipt", may=Permission.SEND_MESSAGE)
async def show_receipt(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Show the receipt; for htmx the fragment on the account page after an entry. Writes
    nothing.
    """
    return await _page(context, entry)


@post(f"{_ONE}/receipts", may=Permission.SEND_MESSAGE)
async def post_receipt(
    context: NamedDependency[ShopContext], entry: FromPath[str]
) -> Response[bytes]:
    """Prepare or send the receipt; one for each entry and channel."""
    typed = await typed_in(context.request)
    try:
        message_id, channel, _ = read_asking(typed, Tone.PLAIN)
        command = PrepareReceipt(message_id, entry, channel, channels_of(context))
        message_id = await context.do(prepare_receipt, command)
    except Refusal as refused:
        return await _page(context, entry, refused)
    return to_message(context, message_id)


async def _page(
    context: ShopContext, entry: str, refused: Refusal | None = None
) -> Response[bytes]:
    available = channels_of(context)
    page = await context.read_page(
        receipt_page, context.member, available, entry, reason_of(refused)
    )
    return show(context, "receipt", "_receipt", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_receipt, post_receipt]
