"""The country and the currency of a book: they can change until its first entry."""

from typing import Final

from litestar import Response, get, post

from daftari.accounts.actions.shops import change_country
from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.country import refuse_begun
from daftari.ledger.pages.country import country_page
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render

_PAGE: Final = "ledger/country.html"


@get("/s/{shop:str}/more/country", may=Deed.MANAGE_SHOP)
async def show_country(request: AnyRequest) -> Response[bytes]:
    desk = Desk.of(request)
    return render(request, _PAGE, await desk.read(country_page, desk.member.shop))


@post("/s/{shop:str}/more/country", may=Deed.MANAGE_SHOP)
async def post_country(request: AnyRequest) -> Response[bytes]:
    """Choose them anew. An entry keeps its own currency, whatever is chosen at that moment."""
    desk, typed = Desk.of(request), await typed_in(request)
    shop, by = desk.member.shop, desk.member.person.id
    country, currency = typed.get("country", ""), typed.get("currency", "")
    try:
        await desk.read(refuse_begun)
        await desk.control.write(change_country, shop, country, currency, by, desk.at)
    except Refusal as refused:
        page = await desk.read(country_page, shop, country, currency, refused.reasons)
        return render(request, _PAGE, page, status_of(refused))
    return redirect_after_post(request, f"{shop.home}/more/shop")


route_handlers: Final = [show_country, post_country]
