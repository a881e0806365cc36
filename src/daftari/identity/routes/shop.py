"""Routes of the menu and of the shop settings."""

from typing import Any, Final

from litestar import Response, get, post

from daftari.identity import pages
from daftari.identity.actions.shops import change_settings, settings_of
from daftari.identity.forms.shop import read_shop_settings
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render


@get("/s/{shop:str}/more")
async def show_more(request: AnyRequest) -> Response[Any]:
    context = ShopContext.of(request)
    page = await context.control.read(pages.more_page, context.member)
    return render(request, "identity/more.html", page)


@get("/s/{shop:str}/more/shop", may=Permission.MANAGE_SHOP)
async def show_shop(request: AnyRequest) -> Response[Any]:
    member = ShopContext.of(request).member
    page = pages.shop_page(member.shop, settings_of(member.shop), member.person.language)
    return render(request, "identity/shop.html", page)


@post("/s/{shop:str}/more/shop", may=Permission.MANAGE_SHOP)
async def change_shop(request: AnyRequest) -> Response[Any]:
    context, typed = ShopContext.of(request), await typed_in(request)
    shop, person = context.member.shop, context.member.person
    weekend = [day for day in (await request.form()).getall("weekend", []) if day]
    try:
        settings = read_shop_settings(typed, weekend, shop)
    except Refusal as refusal:
        as_typed = shop, typed, weekend, refusal.reasons, person.language
        page = pages.typed_shop_page(*as_typed)
        return render(request, "identity/shop.html", page, status=422)
    await context.control.write(change_settings, shop, settings, person.id, context.at)
    return redirect_after_post(request, f"{shop.home}/more/shop")


route_handlers: Final = [show_more, show_shop, change_shop]
