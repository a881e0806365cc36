"""Routes of shared tills: a shop's list, taking turns by a pin, setting one.

The cookie of the till is its secret: without it none of these pages is there, and a pin is of no
use. A pin is hashed beside the event loop, before the transaction that compares it.
"""

import asyncio
import secrets
from typing import Any, Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.identity.actions import tills
from daftari.identity.forms.tills import read_till
from daftari.identity.guards.access import SIGN_IN, cookie_name
from daftari.identity.guards.context import PersonContext, RequestContext, ShopContext
from daftari.identity.pages.signin import Reasons
from daftari.identity.pages.tills import own_pin_page, pin_page, tills_page, turn_page
from daftari.identity.routes.common import CLEAR_CACHE, REMEMBERS, device_in, signed_in, signed_out
from daftari.identity.rules import Permission
from daftari.identity.rules.held import LOCKED_COOKIE, HoldKind
from daftari.identity.rules.tills import TILL_COOKIE, TILL_PAGE, parse_pin, pin_hash, pin_in
from daftari.kernel.refusal import Missing, Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.rate_limit import limited
from daftari.web.requests import typed_in
from daftari.web.templates import render

_TILLS: Final = "/s/{shop:str}/more/tills"
_OWN_PIN: Final = "/account/till-pin"
_LOCKED: Final = (HoldKind.LOCK,)
"""A till that is locked is open for the next turn; one that lies on the counter is not."""


@get(_TILLS, may=Permission.MANAGE_PEOPLE)
async def show_tills(context: NamedDependency[ShopContext]) -> Response[Any]:
    return await _show_tills(context, "", {}, 200)


@post(_TILLS, may=Permission.MANAGE_PEOPLE, verified=True)
async def post_till(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Make this device a till of the shop; its own seller sets a pin first."""
    token = secrets.token_urlsafe(32)
    typed = await typed_in(context.request)
    try:
        made = read_till(typed, context.session.device, token)
    except Refusal as refusal:
        name = typed.get("name", "")
        return await _show_tills(context, name, refusal.reasons, status_of(refusal))
    await context.control.write(tills.make_till, context.member, made, context.at)
    answer = redirect_after_post(context.request, _OWN_PIN, saved=False)
    answer.set_cookie(_cookie(context, token, REMEMBERS))
    return answer


@post(_TILLS + "/{till:str}/end", may=Permission.MANAGE_PEOPLE, verified=True)
async def post_end_of_till(
    context: NamedDependency[ShopContext], till: FromPath[str]
) -> Response[Any]:
    await context.control.write(tills.end_till, context.member, till, context.at)
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/tills")


@get(TILL_PAGE, public=True, optional_session=True, even_if=_LOCKED)
async def show_turns(context: NamedDependency[RequestContext]) -> Response[Any]:
    """Whose turn it is: the sellers, to be tapped. A till that has ended is an ordinary device."""
    is_locked = LOCKED_COOKIE in context.request.cookies  # then its seller needs the pin as well
    turn = None if is_locked else context.session
    try:
        page = await context.control.read(turn_page, _till_in(context), turn)
    except Missing:
        name = cookie_name(context.settings, TILL_COOKIE)
        if name not in context.request.cookies:
            raise
        ended = Redirect(SIGN_IN, status_code=303)
        ended.set_cookie(_cookie(context, "", 0))
        return ended
    return render(context.request, "identity/till.html", page)


@post(f"{TILL_PAGE}/turn-end", public=True, optional_session=True, even_if=_LOCKED)
async def end_turn(context: NamedDependency[RequestContext]) -> Response[Any]:
    """End the turn of who is signed in, and ask whose the next one is."""
    answer = redirect_after_post(context.request, TILL_PAGE, saved=False)
    answer.headers.update(CLEAR_CACHE)
    if context.session is None or context.session.till_id is None:
        return answer
    await context.control.write(tills.finish_turn, context.session, context.at)
    return signed_out(context, answer)


@get(f"{TILL_PAGE}/{{person:str}}", public=True, optional_session=True, even_if=_LOCKED)
async def show_pin(
    context: NamedDependency[RequestContext], person: FromPath[str]
) -> Response[Any]:
    return await _show_pin(context, person, {}, 200)


@post(
    f"{TILL_PAGE}/{{person:str}}",
    public=True,
    optional_session=True,
    even_if=_LOCKED,
    middleware=[limited(30)],
)
async def take_turn(
    context: NamedDependency[RequestContext], person: FromPath[str]
) -> Response[Any]:
    """Begin a turn by the pin."""
    pin, till = pin_in((await typed_in(context.request)).get("pin", "")), _till_in(context)
    known = await context.control.read(tills.pin_of, till, person)
    hashed = await asyncio.to_thread(pin_hash, pin, known.salt, _token_in(context))
    token = await context.control.write(tills.take_turn, till, person, hashed, context.at)
    if isinstance(token, Refusal):
        return await _show_pin(context, person, token.reasons, status_of(token))
    return await signed_in(context, redirect_after_post(context.request, "/", saved=False), token)


@get(_OWN_PIN, verified=True)
async def show_own_pin(context: NamedDependency[PersonContext]) -> Response[Any]:
    return await _show_own_pin(context, {}, 200)


@post(_OWN_PIN, verified=True)
async def post_own_pin(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Set one's own pin on this till."""
    try:
        pin = parse_pin((await typed_in(context.request)).get("pin", ""))
    except Refusal as refusal:
        return await _show_own_pin(context, refusal.reasons, status_of(refusal))
    salt, till = tills.new_salt(), _till_in(context)
    hashed = await asyncio.to_thread(pin_hash, pin, salt, _token_in(context))
    await context.control.write(tills.set_pin, context.session, till, salt, hashed, context.at)
    return redirect_after_post(context.request, "/")


async def _show_tills(
    context: ShopContext, typed: str, reasons: Reasons, status: int
) -> Response[Any]:
    await context.read_frame()
    shown = device_in(context).till, typed, reasons
    page = await context.control.read(tills_page, context.member, *shown)
    return render(context.request, "identity/tills.html", page, status)


async def _show_pin(
    context: RequestContext, person_id: str, reasons: Reasons, status: int
) -> Response[Any]:
    page = await context.control.read(pin_page, _till_in(context), person_id, reasons)
    return render(context.request, "identity/till_pin.html", page, status)


async def _show_own_pin(context: PersonContext, reasons: Reasons, status: int) -> Response[Any]:
    page = await context.control.read(own_pin_page, context.session, _till_in(context), reasons)
    return render(context.request, "identity/own_pin.html", page, status)


def _token_in(context: RequestContext) -> str:
    return context.request.cookies.get(cookie_name(context.settings, TILL_COOKIE), "")


def _till_in(context: RequestContext) -> bytes:
    """The SHA-256 of the till's token. Raises `Missing` where this device is no till."""
    till = device_in(context).till
    if till is None:
        raise Missing("till")
    return till


def _cookie(context: RequestContext, token: str, max_age: int) -> Cookie:
    return Cookie(
        key=cookie_name(context.settings, TILL_COOKIE),
        value=token,
        path="/",
        max_age=max_age,
        secure=context.settings.is_https,
        httponly=True,
        samesite="lax",
    )


route_handlers: Final = [
    show_tills,
    post_till,
    post_end_of_till,
    show_turns,
    end_turn,
    show_pin,
    take_turn,
    show_own_pin,
    post_own_pin,
]
