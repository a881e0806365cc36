"""The receipt of a line just written."""

from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.receipts import PrepareReceipt, prepare_receipt
from daftari.reminders.forms.remind import read_asking
from daftari.reminders.pages.receipt import receipt_page
from daftari.reminders.routes.common import post_of, reason_of, show, to_message
from daftari.reminders.rules.ways import Tone
from daftari.web.errors import status_of
from daftari.web.requests import AnyRequest, typed_in

_ONE: Final = "/s/{shop:str}/entries/{entry:str}"


@get(f"{_ONE}/receipt", may=Deed.SEND_MESSAGE)
async def show_receipt(request: AnyRequest, entry: FromPath[str]) -> Response[bytes]:
    """For htmx the part that stands on the account's page after an entry. Writes nothing."""
    return await _page(Desk.of(request), entry)


@post(f"{_ONE}/receipts", may=Deed.SEND_MESSAGE)
async def post_receipt(request: AnyRequest, entry: FromPath[str]) -> Response[bytes]:
    """Prepare it or let it go; there is one for a line and a way, whoever asks."""
    desk, typed = Desk.of(request), await typed_in(request)
    try:
        message_id, channel, _ = read_asking(typed, Tone.PLAIN)
        command = PrepareReceipt(message_id, entry, channel, post_of(request))
        message_id = await desk.do(prepare_receipt, command)
    except Refusal as refused:
        return await _page(desk, entry, refused)
    return to_message(desk, message_id)


async def _page(desk: Desk, entry: str, refused: Refusal | None = None) -> Response[bytes]:
    post = post_of(desk.request)
    page = await desk.read(receipt_page, desk.member, post, entry, reason_of(refused))
    return show(desk, "receipt", "_receipt", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_receipt, post_receipt]
