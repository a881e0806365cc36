"""Routes of the thresholds from which odd things make an alert."""

from dataclasses import replace
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.delivery.forms import read_thresholds
from daftari.delivery.pages.thresholds import thresholds_page
from daftari.identity.actions.shops import alerts_of, change_alerts, get_shop
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/more/alerts/thresholds"


@get(_PAGE, may=Permission.MANAGE_SHOP)
async def show_thresholds(context: NamedDependency[ShopContext]) -> Response[bytes]:
    is_saved = context.request.query_params.get("said") == "saved"
    page = await context.read_page(thresholds_page, context.member, is_saved=is_saved)
    return render(context.request, "delivery/thresholds.html", page)


@post(_PAGE, may=Permission.MANAGE_SHOP)
async def post_thresholds(context: NamedDependency[ShopContext]) -> Response[bytes]:
    typed = await typed_in(context.request)
    shop, by = context.member.shop, context.member.person.id
    try:
        chosen = read_thresholds(typed, alerts_of(shop), shop)
        change = shop.id, chosen, by, context.at, Seen.sent(typed), context.session.id
        await context.control.write(change_alerts, *change)
    except Refusal as refused:
        return await _refused(context, typed, refused)
    place = f"{shop.home}/more/alerts/thresholds?said=saved"
    return redirect_after_post(context.request, place)


async def _refused(context: ShopContext, typed: Typed, refused: Refusal) -> Response[bytes]:
    member = context.member
    if isinstance(refused, Stale):
        shop = await context.control.read(get_shop, member.shop.id)
        member = replace(member, shop=shop)
    page = await context.read_page(thresholds_page, member, typed, refused)
    return render(context.request, "delivery/thresholds.html", page, status_of(refused))


route_handlers: Final = [show_thresholds, post_thresholds]
