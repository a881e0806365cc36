"""The inbox of the shop's alerts."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.accounts.actions.people import names_in
from daftari.accounts.guards.desk import Desk
from daftari.delivery.actions.alerts import find_alert, read_alerts
from daftari.delivery.pages.alerts import inbox_page, place_of, unread_alerts
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest
from daftari.web.templates import render

_INBOX: Final = "/s/{shop:str}/more/alerts"


@get(_INBOX)
async def show_alerts(request: AnyRequest) -> Response[bytes]:
    desk = Desk.of(request)
    shop_id = desk.member.shop.id
    names = await desk.control.recall((names_in, shop_id), desk.at, names_in, shop_id)
    page = await desk.read(inbox_page, desk.member, names)
    return render(request, "delivery/alerts.html", page)


@get(f"{_INBOX}/unread")
async def count_alerts(request: AnyRequest) -> Response[Any]:
    """How many were not read: JSON for the bell."""
    desk = Desk.of(request)
    return Response({"unread": await desk.read(unread_alerts, desk.member)})


@post(f"{_INBOX}/read")
async def post_read(request: AnyRequest) -> Response[bytes]:
    """All that stand there are read."""
    desk = Desk.of(request)
    await desk.do(read_alerts, None)
    return redirect_after_post(request, f"{desk.member.shop.home}/more/alerts")


@post(f"{_INBOX}/{{alert:str}}/open")
async def open_alert(request: AnyRequest, alert: FromPath[str]) -> Response[bytes]:
    """Read one, and go where it helps."""
    desk = Desk.of(request)
    kind, subject_id = await desk.read(find_alert, desk.member, alert)
    await desk.do(read_alerts, alert)
    return redirect_after_post(request, place_of(desk.member.shop.home, kind, subject_id))


route_handlers: Final = [show_alerts, count_alerts, post_read, open_alert]
