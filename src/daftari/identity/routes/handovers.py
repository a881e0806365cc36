"""Routes of handing a shop over: the owner's passkey offers it, the other's accepts it."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.handovers import accept_shop, end_offer, offer_shop
from daftari.identity.forms.handover import read_offer
from daftari.identity.guards.context import ShopContext
from daftari.identity.pages.handovers import handover_page, offer_page
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_OFFER: Final = "/s/{shop:str}/more/people/{person:str}/handover"
_HANDOVER: Final = "/s/{shop:str}/more/handover"


@get(_OFFER, may=Permission.HAND_OVER, verified=True)
async def show_offer(context: NamedDependency[ShopContext], person: FromPath[str]) -> Response[Any]:
    return await _show_offer(context, person, "", {}, 200)


@post(_OFFER, may=Permission.HAND_OVER, verified=True)
async def post_offer(context: NamedDependency[ShopContext], person: FromPath[str]) -> Response[Any]:
    typed = await typed_in(context.request)
    try:
        offer = read_offer(typed, person), context.clock.now()
        await context.control.write(offer_shop, context.member, *offer)
    except Refusal as refusal:
        shown = person, typed.get("stays", ""), refusal.reasons
        return await _show_offer(context, *shown, status_of(refusal))
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/handover")


@get(_HANDOVER)
async def show_handover(context: NamedDependency[ShopContext]) -> Response[Any]:
    """The open offer, for an owner and for who it was made to; nobody else sees it."""
    return await _show(context, {}, 200)


@post(f"{_HANDOVER}/{{handover:str}}/acceptance", verified=True)
async def accept_handover(
    context: NamedDependency[ShopContext], handover: FromPath[str]
) -> Response[Any]:
    accepting = context.member, handover, context.clock.now()
    try:
        await context.control.write(accept_shop, *accepting)
    except Refusal as refusal:
        return await _show(context, refusal.reasons, status_of(refusal))
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/people")


@post(f"{_HANDOVER}/{{handover:str}}/removal")
async def remove_handover(
    context: NamedDependency[ShopContext], handover: FromPath[str]
) -> Response[Any]:
    """Take the offer back, or decline it."""
    ending = context.member, handover, context.clock.now()
    try:
        await context.control.write(end_offer, *ending)
    except Refusal as refusal:
        return await _show(context, refusal.reasons, status_of(refusal))
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/handover")


async def _show_offer(
    context: ShopContext, person_id: str, stays: str, reasons: Reasons, status: int
) -> Response[Any]:
    shown = context.member, person_id, stays, reasons
    page = await context.control.read(offer_page, *shown)
    await context.read_frame()
    return render(context.request, "identity/offer.html", page, status)


async def _show(context: ShopContext, reasons: Reasons, status: int) -> Response[Any]:
    await context.read_frame()
    page = await context.control.read(handover_page, context.member, context.at, reasons)
    return render(context.request, "identity/handover.html", page, status)


route_handlers: Final = [
    show_offer,
    post_offer,
    show_handover,
    accept_handover,
    remove_handover,
]
