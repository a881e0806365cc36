"""Routes of the rates by which credit limits count other currencies."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.rates import change_rates
from daftari.ledger.forms.rates import read_rates
from daftari.ledger.pages.rates import rates_page
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_PATH: Final = "/s/{shop:str}/more/rates"
_PAGE: Final = "ledger/rates.html"


@get(_PATH, may=Permission.MANAGE_SHOP)
async def show_rates(context: NamedDependency[ShopContext]) -> Response[bytes]:
    return render(context.request, _PAGE, await context.read_page(rates_page, context.member.shop))


@post(_PATH, may=Permission.MANAGE_SHOP)
async def post_rates(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Save the rates that were changed."""
    typed, shop = await typed_in(context.request), context.member.shop
    try:
        await context.do(change_rates, read_rates(typed, shop))
    except Refusal as refused:
        page = await context.read_page(rates_page, shop, typed, refused.reasons)
        return render(context.request, _PAGE, page, status_of(refused))
    return redirect_after_post(context.request, f"{shop.home}/more/rates")


route_handlers: Final = [show_rates, post_rates]
