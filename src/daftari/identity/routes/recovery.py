"""Routes for sign-in with a recovery code, and for the codes themselves."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.actions.recovery import keep_codes, make_codes, recover, show_codes
from daftari.identity.forms.recovery import read_recovery, typed_recovery
from daftari.identity.guards.context import PersonContext, RequestContext
from daftari.identity.pages.signin import SignInPage, codes_page, home_path
from daftari.identity.routes.common import (
    ADD_A_PASSKEY,
    device_in,
    refuse_glance,
    signed_in,
)
from daftari.identity.rules.held import HoldKind
from daftari.kernel.refusal import Refusal
from daftari.web.hx import redirect_after_post
from daftari.web.rate_limit import limited
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render


@get("/recover", public=True, optional_session=True, even_if=(HoldKind.LOCK,))
async def show_recover(request: AnyRequest) -> Response[Any]:
    page = SignInPage()
    return render(request, "identity/recover.html", page)


@post(
    "/recover",
    public=True,
    optional_session=True,
    even_if=(HoldKind.LOCK,),
    middleware=[limited(10)],
)
async def finish_recover(context: NamedDependency[RequestContext]) -> Response[Any]:
    typed = typed_recovery(await typed_in(context.request))
    try:
        phones, code = read_recovery(typed)
        token = await context.control.write(recover, phones, code, device_in(context), context.at)
    except Refusal as refusal:
        page = SignInPage(typed=typed, reasons=refusal.reasons)
        return render(context.request, "identity/recover.html", page, status=422)
    return await signed_in(
        context, redirect_after_post(context.request, ADD_A_PASSKEY, saved=False), token
    )


@get("/recovery-codes")
async def show_recovery_codes(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Show the new codes once: they are deleted from the file as they are shown."""
    refuse_glance(context.request)
    codes = await context.control.write(show_codes, context.person.id, context.at)
    page = await context.control.read(codes_page, context.session, codes)
    return render(context.request, "identity/codes.html", page)


@post("/recovery-codes", verified=True)
async def make_recovery_codes(context: NamedDependency[PersonContext]) -> Response[Any]:
    made = context.person.id, context.at, context.session.id
    await context.control.write(make_codes, *made)
    return redirect_after_post(context.request, "/recovery-codes", saved=False)


@post("/recovery-codes/kept")
async def keep_recovery_codes(context: NamedDependency[PersonContext]) -> Response[Any]:
    """End the reminder in the book: the person has kept the codes."""
    await context.control.write(keep_codes, context.person.id, context.at)
    home = await context.control.read(home_path, context.person.id)
    return redirect_after_post(context.request, home)


route_handlers: Final = [
    show_recover,
    finish_recover,
    show_recovery_codes,
    make_recovery_codes,
    keep_recovery_codes,
]
