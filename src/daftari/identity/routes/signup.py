"""Routes for the sign-up of a new shop."""

from dataclasses import replace
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.identity.actions.challenges import ChallengePurpose
from daftari.identity.actions.signins import note_unasked_creation
from daftari.identity.actions.signup import ask_for_signup, find_signup, sign_up, spend_signup
from daftari.identity.forms.signup import read_signup
from daftari.identity.guards.context import RequestContext
from daftari.identity.pages.signin import SignInPage, signup_page
from daftari.identity.routes.ceremonies import asked, ceremony_of, new_ceremony
from daftari.identity.routes.common import (
    NEEDS_SCRIPT,
    credential_of,
    device_in,
    for_the_phone,
    is_form,
    signed_in,
)
from daftari.identity.rules.commands import SignUpResponse
from daftari.identity.rules.passkey_verification import (
    accept_creation,
    answer_digest,
    challenge_of,
)
from daftari.kernel.refusal import Refusal
from daftari.settings import Settings, Signup
from daftari.web.rate_limit import limited
from daftari.web.requests import json_of, texts, typed_in
from daftari.web.templates import render
from daftari.web.view import language_of


@get("/signup", public=True, optional_session=True)
async def show_signup(context: NamedDependency[RequestContext]) -> Response[Any]:
    """Show the form; a browser in which somebody signed in before is asked to sign in first.

    Its own mark decides, never a number: nobody learns here which numbers are known.
    """
    if context.session is not None:
        return Redirect("/", status_code=303)
    if device_in(context).is_known and "anew" not in context.request.query_params:
        return render(context.request, "identity/known_browser.html", SignInPage())
    page = signup_page(context.settings.signup is Signup.OPEN, language_of(context.request))
    return render(context.request, "identity/signup.html", page)


@post("/signup/options", public=True, status_code=200, middleware=[limited(30)])
async def ask_signup(context: NamedDependency[RequestContext]) -> Response[Any]:
    _refuse_when_closed(context.settings)
    signup = read_signup(texts(await json_of(context.request)))
    ceremony = new_ceremony(context)
    arguments = signup, language_of(context.request), ceremony, context.at
    options = await context.control.write(ask_for_signup, *arguments)
    return asked(context, ceremony, options)


@post("/signup", public=True, middleware=[limited(20)])
async def finish_signup(context: NamedDependency[RequestContext]) -> Response[Any]:
    """Create the shop's file, then insert the shop in one transaction.

    In this order a failure leaves an unused file, which is harmless, and never a shop without one.
    """
    _refuse_when_closed(context.settings)
    if is_form(context.request):
        return await _show_needs_script(context)
    credential, now = credential_of(await json_of(context.request)), context.at
    ceremony, challenge = ceremony_of(context), challenge_of(credential)
    shop = await context.control.read(find_signup, challenge, ceremony, now)
    if shop is None:
        unasked = ChallengePurpose.SIGN_UP, credential, ceremony, None, now
        await context.control.write(note_unasked_creation, *unasked)
        raise Refusal(form="challenge_expired")
    try:
        passkey = accept_creation(credential, challenge, ceremony.party)
    except Refusal:
        await context.control.write(spend_signup, challenge, ceremony, now)
        raise
    wrapped = await context.shops.create(shop.id)
    answer = SignUpResponse(challenge, passkey, answer_digest(credential))
    token = await context.control.write(sign_up, shop, answer, ceremony, wrapped, now)
    payload = {"next": f"/s/{shop.id}/", **for_the_phone(context, shop.owner.id)}
    return await signed_in(context, Response(payload, status_code=201), token)


async def _show_needs_script(context: RequestContext) -> Response[Any]:
    """Show the form again with what was typed, and what it needs."""
    page = signup_page(True, language_of(context.request))
    typed = {**page.typed, **await typed_in(context.request)}
    page = replace(page, typed=typed, reasons=NEEDS_SCRIPT)
    return render(context.request, "identity/signup.html", page, status=422)


def _refuse_when_closed(settings: Settings) -> None:
    if settings.signup is not Signup.OPEN:
        raise Refusal(form="signup_closed")


route_handlers: Final = [show_signup, ask_signup, finish_signup]
