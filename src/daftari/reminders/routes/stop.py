"""Routes of the stop link, the public unsubscribe page in every message."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.customers.actions.consent import stop
from daftari.customers.rules.consent import OPT_INS
from daftari.customers.rules.stop import ONE_CLICK, read_link
from daftari.db.control import Control
from daftari.db.shops import Shops
from daftari.identity.actions.shops import get_shop
from daftari.kernel.clock import Clock
from daftari.reminders.pages.stop import stop_page
from daftari.web.hx import redirect_after_post
from daftari.web.rate_limit import limited
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render

_STOP: Final = "/stop/{link:str}"


@get(_STOP, public=True, middleware=[limited(30)])
async def show_stop(
    request: AnyRequest,
    link: FromPath[str],
    control: NamedDependency[Control],
    shops: NamedDependency[Shops],
) -> Response[bytes]:
    """Show the active and the ended consents of the link's customer. Changes nothing."""
    shop_id, token = read_link(link)
    shop = await control.read(get_shop, shop_id)
    page = await shops.read(shop_id, stop_page, shop, link, token)
    return render(request, "reminders/stop.html", page)


@post(_STOP, public=True, speaks_to_programs=True, middleware=[limited(10)])
async def post_stop(
    request: AnyRequest,
    link: FromPath[str],
    clock: NamedDependency[Clock],
    shops: NamedDependency[Shops],
) -> Response[bytes]:
    """End the selected consents, or all when the form had no selection. Idempotent.

    A one-click request of a mail program follows no redirect (RFC 8058, 3.1).
    """
    shop_id, token = read_link(link)
    typed = await typed_in(request)
    marked = [opt_in for opt_in in OPT_INS if typed.get(f"stop_{opt_in.name}")]
    await shops.write(shop_id, stop, clock.now(), token, marked if "asked" in typed else OPT_INS)
    if ONE_CLICK in typed.items():
        return Response(b"", status_code=200)
    return redirect_after_post(request, f"/stop/{link}")


route_handlers: Final = [show_stop, post_stop]
