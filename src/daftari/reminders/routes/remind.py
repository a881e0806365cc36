"""Routes of a reminder to one customer."""

from typing import Final
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.customers.actions.consent import agree
from daftari.customers.forms.consent import read_agreed_anew
from daftari.customers.rules.consent import ConsentChannel
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.remind import remind
from daftari.reminders.forms.remind import read_asking
from daftari.reminders.pages.next import next_page
from daftari.reminders.pages.remind import AskedToRemind, remind_page
from daftari.reminders.routes.common import channels_of, reason_of, show, to_message
from daftari.reminders.rules.commands import Remind
from daftari.reminders.rules.settings import Tone
from daftari.web.errors import status_of
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.requests import typed_in

_ONE: Final = "/s/{shop:str}/customers/{customer:str}"


@get(f"{_ONE}/remind", may=Permission.SEND_MESSAGE)
async def show_remind(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the exact text and the open channels, or why none is open. Writes nothing."""
    return await _sheet(context, customer, AskedToRemind.of(context.request.query_params))


@post(f"{_ONE}/reminders", may=Permission.SEND_MESSAGE)
async def post_reminder(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Check again and enqueue the reminder. Idempotent by the form's id."""
    typed = await typed_in(context.request)
    try:
        message_id, channel, tone = read_asking(typed, Tone.GENTLE)
        command = Remind(message_id, customer, channel, tone, channels_of(context))
        done = await context.do(remind, command)
    except Refusal as refused:
        return await _sheet(context, customer, AskedToRemind.of(typed), refused)
    if "many" in typed and channel is not ConsentChannel.WHATSAPP:
        url = f"{context.member.shop.home}/reminders/next?after={customer}"
        return redirect_after_post(context.request, url, saved=False)
    return to_message(context, done.message_id)


@post(f"{_ONE}/remind/agreed", may=Permission.ADD_CUSTOMER)
async def post_agreed(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Add the consent that the customer gave just now, and show the sheet with it. Idempotent by
    the form's id.
    """
    typed = await typed_in(context.request)
    asked = AskedToRemind.of(typed)
    try:
        await context.do(agree, read_agreed_anew(typed, customer, context.member.person.language))
    except Refusal as refused:
        return await _sheet(context, customer, asked, refused)
    if is_htmx(context.request):
        return await _sheet(context, customer, asked)
    query = {"channel": asked.channel, "tone": asked.tone} | (
        {"many": "1"} if "many" in typed else {}
    )
    url = f"{context.member.shop.home}/customers/{customer}/remind?{urlencode(query)}"
    return redirect_after_post(context.request, url, saved=False)


@get("/s/{shop:str}/reminders/next", may=Permission.REMIND_MANY)
async def show_next(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the sheet of the next customer who is due and was not asked. Query: `after`."""
    after = context.request.query_params.get("after", "")
    page = await context.read_page(
        next_page, context.member, context.at, channels_of(context), after
    )
    return show(context, "next", "next", page)


async def _sheet(
    context: ShopContext, customer: str, asked: AskedToRemind, refused: Refusal | None = None
) -> Response[bytes]:
    arguments = (channels_of(context), customer, asked, reason_of(refused))
    page = await context.read_page(remind_page, context.member, context.at, *arguments)
    return show(context, "remind", "_remind_sheet", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_remind, post_reminder, post_agreed, show_next]
