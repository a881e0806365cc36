"""Routes of a shop's people: the list, one member, removal, and leaving the shop."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.staff import change_member, leave_shop, remove_member
from daftari.identity.forms.people import read_member_change, refuse_unconfirmed
from daftari.identity.guards.context import ShopContext
from daftari.identity.pages.people import departure_page, member_page, people_page
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_PEOPLE: Final = "/s/{shop:str}/more/people"
_PERSON: Final = _PEOPLE + "/{person:str}"
_DEPARTURE: Final = "/s/{shop:str}/more/departure"


@get(_PEOPLE, may=Permission.MANAGE_PEOPLE, is_for_back=True)
async def show_people(context: NamedDependency[ShopContext]) -> Response[Any]:
    return await _show_people(context, {}, 200)


@post(_PEOPLE, may=Permission.MANAGE_PEOPLE)
async def post_member(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Change role or permissions of the member `person`."""
    typed = await typed_in(context.request)
    marked = [one for one in (await context.request.form()).getall("allow", []) if one]
    person_id = typed.get("person", "")
    if not person_id:
        return await _show_people(context, Refusal(form="choice_unknown").reasons, 422)
    try:
        change = read_member_change(typed, marked), Seen.sent(typed), context.at
        await context.control.write(change_member, context.member, *change)
    except Refusal as refusal:
        return await _show(context, person_id, refusal.reasons, status_of(refusal))
    return redirect_after_post(context.request, f"{_home(context)}/{person_id}")


@get(_PERSON, may=Permission.MANAGE_PEOPLE)
async def show_member(
    context: NamedDependency[ShopContext], person: FromPath[str]
) -> Response[Any]:
    return await _show(context, person, {}, 200)


@post(f"{_PERSON}/removal", may=Permission.MANAGE_PEOPLE, verified=True)
async def post_removal(
    context: NamedDependency[ShopContext], person: FromPath[str]
) -> Response[Any]:
    try:
        await context.control.write(remove_member, context.member, person, context.at)
    except Refusal as refusal:
        return await _show(context, person, refusal.reasons, status_of(refusal))
    is_reader = person == context.person.id
    return redirect_after_post(context.request, "/" if is_reader else _home(context))


@get(_DEPARTURE)
async def show_departure(context: NamedDependency[ShopContext]) -> Response[Any]:
    await context.read_frame()
    page = await context.control.read(departure_page, context.member, {})
    return render(context.request, "identity/departure.html", page)


@post(_DEPARTURE, verified=True)
async def post_departure(context: NamedDependency[ShopContext]) -> Response[Any]:
    try:
        refuse_unconfirmed(await typed_in(context.request))
        await context.control.write(leave_shop, context.member, context.at)
    except Refusal as refusal:
        await context.read_frame()
        page = await context.control.read(departure_page, context.member, refusal.reasons)
        return render(context.request, "identity/departure.html", page, status_of(refusal))
    return redirect_after_post(context.request, "/")


async def _show_people(context: ShopContext, reasons: Reasons, status: int) -> Response[Any]:
    await context.read_frame()
    page = await context.control.read(people_page, context.member, context.at, reasons)
    return render(context.request, "identity/people.html", page, status)


async def _show(
    context: ShopContext, person_id: str, reasons: Reasons, status: int
) -> Response[Any]:
    page = await context.control.read(member_page, context.member, person_id, context.at, reasons)
    await context.read_frame()
    return render(context.request, "identity/member.html", page, status)


def _home(context: ShopContext) -> str:
    return f"{context.member.shop.home}/more/people"


route_handlers: Final = [
    show_people,
    post_member,
    show_member,
    post_removal,
    show_departure,
    post_departure,
]
