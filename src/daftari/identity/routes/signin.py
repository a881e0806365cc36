"""Routes for sign-in with a passkey or the operator's link, and for sign-out."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.identity.actions.passkeys import ask_for_signin, sign_in
from daftari.identity.actions.recovery import use_link
from daftari.identity.actions.sessions import sign_out
from daftari.identity.guards.context import RequestContext
from daftari.identity.pages.signin import SignInPage
from daftari.identity.routes.ceremonies import asked, ceremony_of, new_ceremony
from daftari.identity.routes.common import (
    ADD_A_PASSKEY,
    CLEAR,
    CLEAR_CACHE,
    NEEDS_SCRIPT,
    credential_of,
    device_in,
    for_the_phone,
    is_form,
    next_of,
    refuse_glance,
    signed_in,
    signed_out,
)
from daftari.identity.rules.tills import TILL_PAGE
from daftari.kernel.refusal import Refusal
from daftari.web.rate_limit import limited
from daftari.web.requests import json_of, texts, typed_in
from daftari.web.templates import render


@get("/signin", public=True, optional_session=True)
async def show_signin(context: NamedDependency[RequestContext]) -> Response[Any]:
    page = SignInPage(next_of(context.request.query_params, "/"))
    if context.session is not None:
        return Redirect(page.next, status_code=303)
    if device_in(context).till and "anyone" not in context.request.query_params:
        return Redirect(TILL_PAGE, status_code=303)
    return render(context.request, "identity/signin.html", page)


@post("/signin/options", public=True, status_code=200, middleware=[limited(60)])
async def ask_signin(context: NamedDependency[RequestContext]) -> Response[Any]:
    ceremony = new_ceremony(context)
    options = await context.control.write(ask_for_signin, ceremony, context.at)
    return asked(context, ceremony, options)


@post("/signin", public=True, status_code=200, middleware=[limited(30)])
async def finish_signin(context: NamedDependency[RequestContext]) -> Response[Any]:
    if is_form(context.request):
        page = SignInPage(next_of(await typed_in(context.request), "/"), reasons=NEEDS_SCRIPT)
        return render(context.request, "identity/signin.html", page, status=422)
    sent = await json_of(context.request)
    answer = credential_of(sent), ceremony_of(context), device_in(context), context.at
    known = await context.control.write(sign_in, *answer)
    if isinstance(known, Refusal):
        raise known
    person_id, token = known
    payload = {"next": next_of(texts(sent), "/"), **for_the_phone(context, person_id)}
    return await signed_in(context, Response(payload), token)


@get("/signin/link/{token:str}", public=True, middleware=[limited(20)])
async def follow_link(
    context: NamedDependency[RequestContext], token: FromPath[str]
) -> Response[Any]:
    refuse_glance(context.request)
    try:
        opened = await context.control.write(use_link, token, device_in(context), context.at)
    except Refusal as refusal:
        page = SignInPage(reasons=refusal.reasons)
        return render(context.request, "identity/signin.html", page, status=404)
    return await signed_in(context, Redirect(ADD_A_PASSKEY, status_code=303), opened)


@post("/signout", public=True, optional_session=True)
async def leave(context: NamedDependency[RequestContext]) -> Response[Any]:
    """Sign out and clear the browser's data for this site, also without a valid session.

    `others_wait`: the script has deleted this person's data already, and the phone still holds
    unsent items of another person; so only the cache is cleared.
    """
    if context.session is not None:
        await context.control.write(sign_out, context.session, context.at)
    clear = CLEAR_CACHE if (await typed_in(context.request)).get("others_wait") else CLEAR
    answer = Response(b"", status_code=303, headers={"Location": "/", **clear})
    return signed_out(context, answer)


route_handlers: Final = [show_signin, ask_signin, finish_signin, follow_link, leave]
