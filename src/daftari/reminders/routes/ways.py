"""The settings of messages."""

from typing import Final

from litestar import Response, get, post

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.ways import choose_ways
from daftari.reminders.forms.ways import WaysForm, read_ways
from daftari.reminders.pages.ways import ways_page
from daftari.reminders.routes.common import post_of, show
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in

_WAYS: Final = "/s/{shop:str}/more/messages"


@get(_WAYS, may=Deed.MANAGE_SHOP)
async def show_ways(request: AnyRequest) -> Response[bytes]:
    desk = Desk.of(request)
    page = await desk.read(ways_page, desk.member, desk.at, post_of(request))
    return show(desk, "ways", "ways", page)


@post(_WAYS, may=Deed.MANAGE_SHOP)
async def post_ways(request: AnyRequest) -> Response[bytes]:
    desk, form = Desk.of(request), WaysForm.typed(await typed_in(request))
    try:
        await desk.do(choose_ways, read_ways(form))
    except Refusal as refused:
        told = (post_of(request), form, refused.reasons)
        page = await desk.read(ways_page, desk.member, desk.at, *told)
        return show(desk, "ways", "ways", page, status_of(refused))
    return redirect_after_post(request, f"{desk.member.shop.home}/more/messages")


route_handlers: Final = [show_ways, post_ways]
