"""Reminding many at once."""

from typing import Final
from urllib.parse import urlencode

from litestar import Response, get, post

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.remind import Remind, remind_many
from daftari.reminders.forms.remind import read_picks, read_tone
from daftari.reminders.pages.batch import batch_page, sent_page
from daftari.reminders.routes.common import names_of, post_of, reason_of, show
from daftari.reminders.rules.ways import MOST_IN_A_BATCH, Tone
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import is_reason
from daftari.web.requests import AnyRequest, typed_in

_BATCH: Final = "/s/{shop:str}/reminders"


@get(_BATCH, may=Deed.REMIND_MANY)
async def show_batch(request: AnyRequest) -> Response[bytes]:
    """What each would read, and who is left out and why. Writes nothing."""
    return await _page(Desk.of(request), dict(request.query_params))


@post(_BATCH, may=Deed.REMIND_MANY)
async def post_batch(request: AnyRequest) -> Response[bytes]:
    """Each of the marked is asked about once more; who may not be reminded now is left out."""
    desk, typed = Desk.of(request), await typed_in(request)
    picked = [pick for pick in (await request.form()).getall("pick", []) if isinstance(pick, str)]
    try:
        tone = read_tone(typed.get("tone", ""), Tone.GENTLE)
        picks = read_picks(picked)
        commands = [Remind(one, who, way, tone, post_of(request)) for one, way, who in picks]
        done = await desk.do(remind_many, commands)
    except Refusal as refused:
        return await _page(desk, typed, refused)
    told = [("m", message_id) for message_id in done.message_ids]
    told += [("left", f"{who}.{reason.name}") for who, reason in done.left_out]
    return redirect_after_post(request, f"{desk.member.shop.home}/reminders/sent?{urlencode(told)}")


@get(f"{_BATCH}/sent", may=Deed.REMIND_MANY)
async def show_sent(request: AnyRequest) -> Response[bytes]:
    """What goes by itself, what waits to be opened, and who was left out."""
    desk = Desk.of(request)
    message_ids = request.query_params.getall("m", [])[:MOST_IN_A_BATCH]
    told = map(_split, request.query_params.getall("left", [])[:MOST_IN_A_BATCH])
    left = {customer_id: reason for customer_id, reason in told if is_reason(reason)}
    names = await names_of(desk)
    page = await desk.read(sent_page, desk.member, desk.at, names, message_ids, left)
    return show(desk, "sent", "sent", page)


async def _page(
    desk: Desk, asked: dict[str, str], refused: Refusal | None = None
) -> Response[bytes]:
    told = (post_of(desk.request), asked, reason_of(refused))
    page = await desk.read(batch_page, desk.member, desk.at, *told)
    return show(desk, "batch", "batch", page, status_of(refused) if refused else 200)


def _split(left: str) -> tuple[str, str]:
    customer_id, _, reason = left.partition(".")
    return customer_id, reason


route_handlers: Final = [show_batch, post_batch, show_sent]
