"""Routes of a batch of reminders."""

from typing import Final
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.remind import remind_many
from daftari.reminders.forms.remind import read_picks, read_tone
from daftari.reminders.pages.batch import batch_page, sent_page
from daftari.reminders.routes.common import channels_of, reason_of, show
from daftari.reminders.rules.commands import Remind
from daftari.reminders.rules.settings import MOST_IN_A_BATCH, Tone
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import is_reason
from daftari.web.requests import typed_in

_BATCH: Final = "/s/{shop:str}/reminders"


@get(_BATCH, may=Permission.REMIND_MANY)
async def show_batch(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the text for each customer, and who is left out and why. Writes nothing."""
    return await _page(context, dict(context.request.query_params))


@post(_BATCH, may=Permission.REMIND_MANY)
async def post_batch(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Send the selected reminders; each is checked again, and refused ones are left out."""
    typed = await typed_in(context.request)
    picked = [
        pick for pick in (await context.request.form()).getall("pick", []) if isinstance(pick, str)
    ]
    try:
        tone = read_tone(typed.get("tone", ""), Tone.GENTLE)
        picks = read_picks(picked)
        commands = [Remind(one, who, way, tone, channels_of(context)) for one, way, who in picks]
        done = await context.do(remind_many, commands)
    except Refusal as refused:
        return await _page(context, typed, refused)
    query = [("m", message_id) for message_id in done.message_ids]
    query += [("left", f"{who}.{reason.name}") for who, reason in done.left_out]
    return redirect_after_post(
        context.request,
        f"{context.member.shop.home}/reminders/sent?{urlencode(query)}",
        saved=False,
    )


@get(f"{_BATCH}/sent", may=Permission.REMIND_MANY)
async def show_sent(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the messages sent, those to be opened by hand, and the customers left out."""
    message_ids = context.request.query_params.getall("m", [])[:MOST_IN_A_BATCH]
    pairs = map(_split, context.request.query_params.getall("left", [])[:MOST_IN_A_BATCH])
    left = {customer_id: reason for customer_id, reason in pairs if is_reason(reason)}
    names = await context.names()
    page = await context.read_page(sent_page, context.member, context.at, names, message_ids, left)
    return show(context, "sent", "sent", page)


async def _page(
    context: ShopContext, asked: dict[str, str], refused: Refusal | None = None
) -> Response[bytes]:
    arguments = (channels_of(context), asked, reason_of(refused))
    page = await context.read_page(batch_page, context.member, context.at, *arguments)
    return show(context, "batch", "batch", page, status_of(refused) if refused else 200)


def _split(left: str) -> tuple[str, str]:
    customer_id, _, reason = left.partition(".")
    return customer_id, reason


route_handlers: Final = [show_batch, post_batch, show_sent]
