"""Routes of the alert inbox."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.delivery.actions.alerts import find_alert, read_alert, read_all_alerts
from daftari.delivery.pages.alerts import inbox_page
from daftari.delivery.rules.alerts import place_of
from daftari.delivery.rules.commands import ReadAlerts
from daftari.identity.actions.new_phones import answer_phone, asking_phones
from daftari.identity.forms.signins import read_phone_answer
from daftari.identity.guards.context import ShopContext
from daftari.kernel.refusal import Missing
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_INBOX: Final = "/s/{shop:str}/more/alerts"


@get(_INBOX)
async def show_alerts(context: NamedDependency[ShopContext]) -> Response[bytes]:
    asking = await context.control.read(asking_phones, context.session)
    shown = context.member, await context.names(), asking
    page = await context.read_page(inbox_page, *shown)
    return render(context.request, "delivery/alerts.html", page)


@post(f"{_INBOX}/read")
async def post_read(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Mark all alerts as read that the page had shown, and older ones."""
    shown = (await typed_in(context.request)).get("shown", "").split()
    await context.do(read_all_alerts, ReadAlerts(frozenset(shown)))
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/alerts")


@post(f"{_INBOX}/{{alert:str}}/open")
async def open_alert(
    context: NamedDependency[ShopContext], alert: FromPath[str]
) -> Response[bytes]:
    """Mark one alert as read and redirect to the page on which to act on it."""
    found = await context.read(find_alert, context.member, alert)
    await context.do(read_alert, alert)
    place = place_of(context.member.shop, found)
    return redirect_after_post(context.request, place, saved=False)


@post(f"{_INBOX}/{{alert:str}}/answer")
async def answer_alert(
    context: NamedDependency[ShopContext], alert: FromPath[str]
) -> Response[bytes]:
    """Say of a sign-in on a new phone whose it was: one tap, which ends it or quiets the alert."""
    found = await context.read(find_alert, context.member, alert)
    said = read_phone_answer((await typed_in(context.request)).get("answer", ""))
    if found.kind != "new_phone":
        raise Missing(alert)
    place = await context.control.write(answer_phone, context.session, alert, said, context.at)
    await context.do(read_alert, alert)
    home = context.member.shop.home
    return redirect_after_post(context.request, place or f"{home}/more/alerts")


route_handlers: Final = [show_alerts, post_read, open_alert, answer_alert]
