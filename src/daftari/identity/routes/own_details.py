"""Routes of one's own name and phone number.

A new number is proved by a code where the operator has set up a way to send text messages; else it
is taken as it was typed, and the page says so.
"""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.actions import own_details
from daftari.identity.guards.context import PersonContext
from daftari.identity.pages.own_details import country_of, own_phone_page
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules.phone_proofs import code_hash, new_code, typed_code
from daftari.identity.rules.phones import parse_phone
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import catalogue
from daftari.web.rate_limit import limited
from daftari.web.requests import typed_in
from daftari.web.templates import render

_PHONE: Final = "/account/phone"
_SECRET: Final = "phone codes"


@get(_PHONE, verified=True)
async def show_own_phone(context: NamedDependency[PersonContext]) -> Response[Any]:
    return await _show(context, "", {}, 200)


@post(_PHONE, verified=True, middleware=[limited(10)])
async def change_own_phone(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Send a code to the new number; without a way to send, take the number as it is."""
    typed = (await typed_in(context.request)).get("phone", "")
    try:
        country = await context.control.read(country_of, context.person)
        await _change(context, parse_phone(typed, country))
    except Refusal as refusal:
        return await _show(context, typed, refusal.reasons, status_of(refusal))
    place = _PHONE if context.send_text else "/account"
    return redirect_after_post(context.request, place, saved=context.send_text is None)


@post(f"{_PHONE}/code", verified=True, middleware=[limited(20)])
async def prove_own_phone(context: NamedDependency[PersonContext]) -> Response[Any]:
    typed = (await typed_in(context.request)).get("code", "")
    try:
        answer = typed_code(typed), context.derived(_SECRET), context.clock.now()
        refused = await context.control.write(own_details.prove_phone, context.session, *answer)
        if refused is not None:
            raise refused
    except Refusal as refusal:
        return await _show(context, "", refusal.reasons, status_of(refusal))
    return redirect_after_post(context.request, "/account")


@post(f"{_PHONE}/removal")
async def give_up_own_phone(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Keep the number of now."""
    await context.control.write(own_details.give_up_proof, context.session)
    return redirect_after_post(context.request, "/account", saved=False)


async def _change(context: PersonContext, phone: str) -> None:
    """Raises Refusal(phone=…): code_not_sent, and what the actions raise."""
    session, now = context.session, context.clock.now()
    if context.send_text is None:
        return await context.control.write(own_details.change_phone, session, phone, now)
    code = new_code()
    hashed = code_hash(context.derived(_SECRET), context.person.id, phone, code)
    await context.control.write(own_details.ask_for_proof, session, phone, hashed, now)
    words = catalogue(context.person.language).gettext
    text = words("%(code)s is your code for Daftari. It works for ten minutes.") % {"code": code}
    if not await context.send_text(phone, text):
        await context.control.write(own_details.give_up_proof, session)
        raise Refusal(phone="code_not_sent")
    return None


async def _show(context: PersonContext, typed: str, reasons: Reasons, status: int) -> Response[Any]:
    shown = context.person, context.send_text is not None, context.at, typed, reasons
    page = await context.control.read(own_phone_page, *shown)
    return render(context.request, "identity/own_phone.html", page, status)


route_handlers: Final = [show_own_phone, change_own_phone, prove_own_phone, give_up_own_phone]
