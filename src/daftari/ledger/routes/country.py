"""Routes of the country and the currency of a book, which can change until its first entry."""

from dataclasses import asdict, replace
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.actions.shops import change_country, country_of
from daftari.identity.forms.shop import read_country
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.country import change_book_currency, refuse_begun
from daftari.ledger.pages.country import country_page
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_PAGE: Final = "ledger/country.html"


@get("/s/{shop:str}/more/country", may=Permission.MANAGE_SHOP)
async def show_country(context: NamedDependency[ShopContext]) -> Response[bytes]:
    return render(
        context.request, _PAGE, await context.read_page(country_page, context.member.shop)
    )


@post("/s/{shop:str}/more/country", may=Permission.MANAGE_SHOP)
async def post_country(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Save the currency in the book's file, then both in the control file, to which `copy_heads`
    brings the currency if this request ends in between.
    """
    typed = await typed_in(context.request)
    shop, by = context.member.shop, context.member.person.id
    try:
        await context.read(refuse_begun)
        chosen, stored = read_country(typed), country_of(shop)
        changes = Seen.sent(typed).changes(asdict(chosen), asdict(stored))
        chosen = replace(stored, **changes)
        await context.shops.write(shop.id, change_book_currency, shop.currency, chosen.currency)
        change = shop, chosen, by, context.at, context.session.id
        await context.control.write(change_country, *change)
    except Refusal as refused:
        page = await context.read_page(country_page, shop, typed, refused)
        return render(context.request, _PAGE, page, status_of(refused))
    return redirect_after_post(context.request, f"{shop.home}/more/shop")


route_handlers: Final = [show_country, post_country]
