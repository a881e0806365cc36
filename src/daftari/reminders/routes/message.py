"""Routes of one message, its opening in WhatsApp, and the log."""

from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.reminders.actions.open import Opened, note_tap
from daftari.reminders.pages.message import log_page, message_page, whatsapp_place
from daftari.reminders.routes.common import channels_of, names_of, show, to_message
from daftari.web.requests import AnyRequest

_MESSAGE: Final = "/s/{shop:str}/messages/{message:str}"


@get("/s/{shop:str}/messages")
async def show_log(request: AnyRequest) -> Response[bytes]:
    """Show all messages of the shop with their states."""
    return await _log(request, None)


@get("/s/{shop:str}/customers/{customer:str}/messages")
async def show_customer_log(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """Show all messages to one customer with their states."""
    return await _log(request, customer)


@get(_MESSAGE)
async def show_message(request: AnyRequest, message: FromPath[str]) -> Response[bytes]:
    """Show the exact text; a prepared one is checked again before WhatsApp is offered."""
    context = ShopContext.of(request)
    names = await names_of(context)
    page = await context.read(
        message_page, context.member, context.at, channels_of(request), names, message
    )
    return show(context, "message", "message", page)


@get(f"{_MESSAGE}/open", may=Permission.SEND_MESSAGE)
async def show_whatsapp(request: AnyRequest, message: FromPath[str]) -> Redirect:
    """Redirect to WhatsApp with the text, or to the message when it may not be opened now."""
    context = ShopContext.of(request)
    place = await context.read(
        whatsapp_place, context.member, context.at, channels_of(request), message
    )
    return Redirect(place or f"{context.member.shop.home}/messages/{message}", status_code=303)


@post(f"{_MESSAGE}/opened", may=Permission.SEND_MESSAGE)
async def post_opened(request: AnyRequest, message: FromPath[str]) -> Response[bytes]:
    """Mark a text as opened in WhatsApp. Whether it was sent there is unknown."""
    context = ShopContext.of(request)
    await context.do(note_tap, Opened(message, channels_of(request)))
    return to_message(context, message)


async def _log(request: AnyRequest, customer: str | None) -> Response[bytes]:
    context, before = ShopContext.of(request), request.query_params.get("before", "")
    names = await names_of(context)
    page = await context.read(log_page, context.member, names, customer, before)
    return show(context, "log", "_log", page)


route_handlers: Final = [show_log, show_customer_log, show_message, show_whatsapp, post_opened]
