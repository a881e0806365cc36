"""Routes of the stop link, the public unsubscribe page in every message."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.customers.actions.consent import stop
from daftari.customers.rules.consent import OPT_INS
from daftari.customers.rules.stop import ONE_CLICK, read_link
from daftari.identity.actions.shops import get_shop
from daftari.identity.guards.context import RequestContext
from daftari.reminders.pages.stop import stop_page
from daftari.web.hx import redirect_after_post
from daftari.web.rate_limit import limited
from daftari.web.requests import typed_in
from daftari.web.templates import render

_STOP: Final = "/stop/{link:str}"


@get(_STOP, public=True, middleware=[limited(30)])
async def show_stop(
    context: NamedDependency[RequestContext], link: FromPath[str]
) -> Response[bytes]:
    """Show the active and the ended consents of the link's customer. Changes nothing."""
    shop_id, token = read_link(link)
    shop = await context.control.read(get_shop, shop_id)
    page = await context.shops.read(shop_id, stop_page, shop, link, token)
    return render(context.request, "reminders/stop.html", page)


@post(_STOP, public=True, speaks_to_programs=True, middleware=[limited(10)])
async def post_stop(
    context: NamedDependency[RequestContext], link: FromPath[str]
) -> Response[bytes]:
    """End the selected consents, or all when the form had no selection. Idempotent.

    A one-click request of a mail program follows no redirect (RFC 8058, 3.1).
    """
    shop_id, token = read_link(link)
    typed = await typed_in(context.request)
    marked = [opt_in for opt_in in OPT_INS if typed.get(f"stop_{opt_in.name}")]
    ended = marked if "asked" in typed else OPT_INS
    await context.shops.write(shop_id, stop, context.at, token, ended)
    if ONE_CLICK in typed.items():
        return Response(b"", status_code=200)
    return redirect_after_post(context.request, f"/stop/{link}", saved=False)


route_handlers: Final = [show_stop, post_stop]
