"""Routes of the access review of a shop's people."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.access_reviews import note_review, sign_out_member
from daftari.identity.guards.context import ShopContext
from daftari.identity.pages.access_review import access_review_page
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Permission
from daftari.kernel.forms import read_id
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_REVIEW: Final = "/s/{shop:str}/more/people/review"
_PHONE: Final = "/s/{shop:str}/more/people/{person:str}/phones/{ended:str}/removal"


@get(_REVIEW, may=Permission.MANAGE_PEOPLE)
async def show_review(context: NamedDependency[ShopContext]) -> Response[Any]:
    return await _show(context, {}, 200)


@post(_REVIEW, may=Permission.MANAGE_PEOPLE)
async def post_review(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Note that the member looked through the page and found it right."""
    typed = await typed_in(context.request)
    try:
        shown = read_id(typed.get("id", "")), typed.get("state", "")
        await context.control.write(note_review, context.member, *shown, context.at)
    except Refusal as refusal:
        return await _show(context, refusal.reasons, status_of(refusal))
    return redirect_after_post(context.request, f"{_place(context)}?said=done")


@post(_PHONE, may=Permission.MANAGE_PEOPLE, verified=True)
async def post_phone_removal(
    context: NamedDependency[ShopContext], person: FromPath[str], ended: FromPath[str]
) -> Response[Any]:
    """Sign a member out on one of his phones."""
    try:
        whose = context.member, person, ended
        await context.control.write(sign_out_member, *whose, context.at)
    except Refusal as refusal:
        return await _show(context, refusal.reasons, status_of(refusal))
    return redirect_after_post(context.request, _place(context))


async def _show(context: ShopContext, reasons: Reasons, status: int) -> Response[Any]:
    await context.read_frame()
    is_done = context.request.query_params.get("said") == "done" and not reasons
    asked = context.member, context.at, reasons
    page = await context.control.read(access_review_page, *asked, is_done=is_done)
    return render(context.request, "identity/access_review.html", page, status)


def _place(context: ShopContext) -> str:
    return f"{context.member.shop.home}/more/people/review"


route_handlers: Final = [show_review, post_review, post_phone_removal]
