"""Routes of one message, its opening in WhatsApp, and the log."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.reminders.actions.open import mark_opened
from daftari.reminders.pages.message import log_page, message_page, whatsapp_place
from daftari.reminders.routes.common import channels_of, show, to_message
from daftari.reminders.rules.commands import MarkOpened

_MESSAGE: Final = "/s/{shop:str}/messages/{message:str}"


@get("/s/{shop:str}/messages")
async def show_log(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show all messages of the shop with their states."""
    return await _log(context, None)


@get("/s/{shop:str}/customers/{customer:str}/messages")
async def show_customer_log(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show all messages to one customer with their states."""
    return await _log(context, customer)


@get(_MESSAGE)
async def show_message(
    context: NamedDependency[ShopContext], message: FromPath[str]
) -> Response[bytes]:
    """Show the exact text; a prepared one is checked again before WhatsApp is offered."""
    names = await context.names()
    page = await context.read_page(
        message_page, context.member, context.at, channels_of(context), names, message
    )
    return show(context, "message", "message", page)


@get(f"{_MESSAGE}/open", may=Permission.SEND_MESSAGE)
async def show_whatsapp(context: NamedDependency[ShopContext], message: FromPath[str]) -> Redirect:
    """Redirect to WhatsApp with the text, or to the message when it may not be opened now."""
    place = await context.read(
        whatsapp_place, context.member, context.at, channels_of(context), message
    )
    return Redirect(place or f"{context.member.shop.home}/messages/{message}", status_code=303)


@post(f"{_MESSAGE}/opened", may=Permission.SEND_MESSAGE)
async def post_opened(
    context: NamedDependency[ShopContext], message: FromPath[str]
) -> Response[bytes]:
    """Mark a text as opened in WhatsApp. Whether it was sent there is unknown."""
    await context.do(mark_opened, MarkOpened(message, channels_of(context)))
    return to_message(context, message)


async def _log(context: ShopContext, customer: str | None) -> Response[bytes]:
    before = context.request.query_params.get("before", "")
    names = await context.names()
    page = await context.read_page(log_page, context.member, names, customer, before)
    return show(context, "log", "_log", page)


route_handlers: Final = [show_log, show_customer_log, show_message, show_whatsapp, post_opened]
