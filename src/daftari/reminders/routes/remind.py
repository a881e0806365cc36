"""Reminding one customer by hand."""

from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.remind import Remind, remind
from daftari.reminders.forms.remind import read_asking
from daftari.reminders.pages.remind import AskedToRemind, remind_page
from daftari.reminders.routes.common import post_of, reason_of, show, to_message
from daftari.reminders.rules.ways import Tone
from daftari.web.errors import status_of
from daftari.web.requests import AnyRequest, typed_in

_ONE: Final = "/s/{shop:str}/customers/{customer:str}"


@get(f"{_ONE}/remind", may=Deed.SEND_MESSAGE)
async def show_remind(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """The exact words, and by which way they may go, or why none is open. Writes nothing."""
    return await _sheet(Desk.of(request), customer, AskedToRemind.of(request.query_params))


@post(f"{_ONE}/reminders", may=Deed.SEND_MESSAGE)
async def post_reminder(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """Ask everything once more, and let it go; the same form sent twice is one message."""
    desk, typed = Desk.of(request), await typed_in(request)
    try:
        message_id, channel, tone = read_asking(typed, Tone.GENTLE)
        command = Remind(message_id, customer, channel, tone, post_of(request))
        done = await desk.do(remind, command)
    except Refusal as refused:
        return await _sheet(desk, customer, AskedToRemind.of(typed), refused)
    return to_message(desk, done.message_id)


async def _sheet(
    desk: Desk, customer: str, asked: AskedToRemind, refused: Refusal | None = None
) -> Response[bytes]:
    told = (post_of(desk.request), customer, asked, reason_of(refused))
    page = await desk.read(remind_page, desk.member, desk.at, *told)
    return show(desk, "remind", "_remind_sheet", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_remind, post_reminder]
