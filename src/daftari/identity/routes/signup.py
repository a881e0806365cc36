"""Routes for the sign-up of a new shop."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.db.control import Control
from daftari.db.shops import Shops
from daftari.identity import pages
from daftari.identity.actions.challenges import ChallengePurpose, spend
from daftari.identity.actions.signup import SignUpResponse, ask_for_signup, find_signup, sign_up
from daftari.identity.forms.signup import read_signup
from daftari.identity.routes.common import (
    credential_of,
    device_in,
    for_the_phone,
    party_of,
    signed_in,
)
from daftari.identity.rules import Session
from daftari.identity.rules.passkey_verification import accept_creation, challenge_of
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Refusal
from daftari.settings import Settings, Signup
from daftari.web.rate_limit import limited
from daftari.web.requests import AnyRequest, json_of, texts
from daftari.web.templates import render
from daftari.web.view import language_of


@get("/signup", public=True, recognises=True)
async def show_signup(
    request: AnyRequest,
    visitor: NamedDependency[Session | None],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    if visitor is not None:
        return Redirect("/", status_code=303)
    page = pages.signup_page(settings.signup is Signup.OPEN, language_of(request))
    return render(request, "identity/signup.html", page)


@post("/signup/options", public=True, status_code=200, middleware=[limited(30)])
async def ask_signup(
    request: AnyRequest,
    control: NamedDependency[Control],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    _refuse_when_closed(settings)
    signup = read_signup(texts(await json_of(request)))
    arguments = signup, language_of(request), party_of(settings), clock.now()
    return Response(await control.write(ask_for_signup, *arguments))


@post("/signup", public=True, middleware=[limited(20)])
async def finish_signup(
    request: AnyRequest,
    control: NamedDependency[Control],
    shops: NamedDependency[Shops],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    """Create the shop's file, then insert the shop in one transaction.

    In this order a failure leaves an unused file, which is harmless, and never a shop without one.
    """
    _refuse_when_closed(settings)
    credential, now = credential_of(await json_of(request)), clock.now()
    challenge = challenge_of(credential)
    shop = await control.read(find_signup, challenge, now)
    try:
        passkey = accept_creation(credential, challenge, party_of(settings))
    except Refusal:
        await control.write(spend, challenge, ChallengePurpose.SIGN_UP, now)
        raise
    wrapped = await shops.create(shop.id)
    answer = SignUpResponse(challenge, passkey, device_in(request).name)
    token = await control.write(sign_up, shop, answer, wrapped, now)
    payload = {"next": "/recovery-codes", **for_the_phone(request, shop.owner.id)}
    return await signed_in(request, Response(payload, status_code=201), token)


def _refuse_when_closed(settings: Settings) -> None:
    if settings.signup is not Signup.OPEN:
        raise Refusal(form="signup_closed")


route_handlers: Final = [show_signup, ask_signup, finish_signup]
