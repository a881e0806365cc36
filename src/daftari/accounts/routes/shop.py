"""The menu, and the settings of the shop that can always be changed."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.accounts import pages
from daftari.accounts.actions.shops import change_settings, settings_of
from daftari.accounts.forms.shop import read_shop_settings
from daftari.accounts.rules import Member
from daftari.db.control import Control
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Refusal
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render


@get("/s/{shop:str}/more")
async def show_more(
    request: AnyRequest, member: NamedDependency[Member], control: NamedDependency[Control]
) -> Response[Any]:
    page = await control.read(pages.more_page, member)
    return render(request, "accounts/more.html", page)


@get("/s/{shop:str}/more/shop", may="manage_shop")
async def show_shop(request: AnyRequest, member: NamedDependency[Member]) -> Response[Any]:
    page = pages.shop_page(member.shop, settings_of(member.shop), member.person.language)
    return render(request, "accounts/shop.html", page)


@post("/s/{shop:str}/more/shop", may="manage_shop")
async def change_shop(
    request: AnyRequest,
    member: NamedDependency[Member],
    control: NamedDependency[Control],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    shop, typed = member.shop, await typed_in(request)
    weekend = [day for day in (await request.form()).getall("weekend", []) if day]
    try:
        settings = read_shop_settings(typed, weekend, shop)
    except Refusal as refusal:
        as_typed = shop, typed, weekend, refusal.reasons, member.person.language
        page = pages.typed_shop_page(*as_typed)
        return render(request, "accounts/shop.html", page, status=422)
    await control.write(change_settings, shop, settings, member.person.id, clock.now())
    return redirect_after_post(request, f"/s/{shop.id}/more/shop")


route_handlers: Final = [show_more, show_shop, change_shop]
