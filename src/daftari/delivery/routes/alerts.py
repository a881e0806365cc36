"""Routes of the alert inbox."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.delivery.actions.alerts import find_alert, read_alerts
from daftari.delivery.pages.alerts import inbox_page, place_of, unread_alerts
from daftari.identity.actions.people import names_in
from daftari.identity.guards.context import ShopContext
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest
from daftari.web.templates import render

_INBOX: Final = "/s/{shop:str}/more/alerts"


@get(_INBOX)
async def show_alerts(request: AnyRequest) -> Response[bytes]:
    context = ShopContext.of(request)
    shop_id = context.member.shop.id
    names = await context.control.recall((names_in, shop_id), context.at, names_in, shop_id)
    page = await context.read(inbox_page, context.member, names)
    return render(request, "delivery/alerts.html", page)


@get(f"{_INBOX}/unread")
async def count_alerts(request: AnyRequest) -> Response[Any]:
    """The number of unread alerts, as JSON for the bell icon."""
    context = ShopContext.of(request)
    return Response({"unread": await context.read(unread_alerts, context.member)})


@post(f"{_INBOX}/read")
async def post_read(request: AnyRequest) -> Response[bytes]:
    """Mark all alerts as read."""
    context = ShopContext.of(request)
    await context.do(read_alerts, None)
    return redirect_after_post(request, f"{context.member.shop.home}/more/alerts")


@post(f"{_INBOX}/{{alert:str}}/open")
async def open_alert(request: AnyRequest, alert: FromPath[str]) -> Response[bytes]:
    """Mark one alert as read and redirect to the page on which to act on it."""
    context = ShopContext.of(request)
    kind, subject_id = await context.read(find_alert, context.member, alert)
    await context.do(read_alerts, alert)
    return redirect_after_post(request, place_of(context.member.shop.home, kind, subject_id))


route_handlers: Final = [show_alerts, count_alerts, post_read, open_alert]
