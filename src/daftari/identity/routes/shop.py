"""Routes of the menu and of the shop settings."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.actions.shops import change_settings, get_shop
from daftari.identity.forms.shop import read_shop_settings
from daftari.identity.guards.context import ShopContext
from daftari.identity.pages.shop import shop_page
from daftari.identity.pages.signin import more_page
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render


@get("/s/{shop:str}/more", is_for_back=True)
async def show_more(context: NamedDependency[ShopContext]) -> Response[Any]:
    await context.read_frame()
    page = await context.control.read(more_page, context.member, context.at)
    return render(context.request, "identity/more.html", page)


@get("/s/{shop:str}/more/shop", may=Permission.MANAGE_SHOP)
async def show_shop(context: NamedDependency[ShopContext]) -> Response[Any]:
    await context.read_frame()
    member = context.member
    page = shop_page(member.shop, member.person.language)
    return render(context.request, "identity/shop.html", page)


@post("/s/{shop:str}/more/shop", may=Permission.MANAGE_SHOP)
async def change_shop(context: NamedDependency[ShopContext]) -> Response[Any]:
    typed = await typed_in(context.request)
    shop, person = context.member.shop, context.member.person
    weekend = [day for day in (await context.request.form()).getall("weekend", []) if day]
    try:
        settings = read_shop_settings(typed, weekend, shop)
        change = shop.id, settings, person.id, context.at, Seen.sent(typed), context.session.id
        await context.control.write(change_settings, *change)
    except Refusal as refusal:
        await context.read_frame()
        now = await context.control.read(get_shop, shop.id)
        page = shop_page(now, person.language, typed, weekend, refusal)
        return render(context.request, "identity/shop.html", page, status=status_of(refusal))
    return redirect_after_post(context.request, f"{shop.home}/more/shop")


route_handlers: Final = [show_more, show_shop, change_shop]
