"""One message, its opening, and the log."""

from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.reminders.actions.open import Opened, note_tap
from daftari.reminders.pages.message import log_page, message_page, whatsapp_place
from daftari.reminders.routes.common import names_of, post_of, show, to_message
from daftari.web.requests import AnyRequest

_MESSAGE: Final = "/s/{shop:str}/messages/{message:str}"


@get("/s/{shop:str}/messages")
async def show_log(request: AnyRequest) -> Response[bytes]:
    """Everything the shop prepared and sent, and what became of it."""
    return await _log(request, None)


@get("/s/{shop:str}/customers/{customer:str}/messages")
async def show_customer_log(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """The same of one customer."""
    return await _log(request, customer)


@get(_MESSAGE)
async def show_message(request: AnyRequest, message: FromPath[str]) -> Response[bytes]:
    """The exact words; a prepared text is looked at again before WhatsApp is offered."""
    desk = Desk.of(request)
    names = await names_of(desk)
    page = await desk.read(message_page, desk.member, desk.at, post_of(request), names, message)
    return show(desk, "message", "message", page)


@get(f"{_MESSAGE}/open", may=Deed.SEND_MESSAGE)
async def show_whatsapp(request: AnyRequest, message: FromPath[str]) -> Redirect:
    """On to WhatsApp with the words, or to the message where something speaks against it by now."""
    desk = Desk.of(request)
    place = await desk.read(whatsapp_place, desk.member, desk.at, post_of(request), message)
    return Redirect(place or f"{desk.member.shop.home}/messages/{message}", status_code=303)


@post(f"{_MESSAGE}/opened", may=Deed.SEND_MESSAGE)
async def post_opened(request: AnyRequest, message: FromPath[str]) -> Response[bytes]:
    """WhatsApp was opened with this text. Whether it was sent there nobody knows."""
    desk = Desk.of(request)
    await desk.do(note_tap, Opened(message, post_of(request)))
    return to_message(desk, message)


async def _log(request: AnyRequest, customer: str | None) -> Response[bytes]:
    desk, before = Desk.of(request), request.query_params.get("before", "")
    names = await names_of(desk)
    page = await desk.read(log_page, desk.member, names, customer, before)
    return show(desk, "log", "_log", page)


route_handlers: Final = [show_log, show_customer_log, show_message, show_whatsapp, post_opened]
