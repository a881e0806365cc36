"""Routes for passkey verification before a sensitive action."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.actions.passkeys import ask_to_verify, verify
from daftari.identity.guards.context import PersonContext
from daftari.identity.pages.signin import SignInPage
from daftari.identity.routes.ceremonies import asked, ceremony_of, new_ceremony
from daftari.identity.routes.common import NEEDS_SCRIPT, credential_of, is_form, next_of
from daftari.identity.rules.held import EITHER
from daftari.web.rate_limit import limited
from daftari.web.requests import AnyRequest, json_of, texts, typed_in
from daftari.web.templates import render


@get("/verify")
async def show_verify(request: AnyRequest) -> Response[Any]:
    page = SignInPage(next_of(request.query_params, "/account"))
    return render(request, "identity/verify.html", page)


@post("/verify/options", status_code=200, even_if=EITHER, middleware=[limited(60)])
async def ask_verification(context: NamedDependency[PersonContext]) -> Response[Any]:
    ceremony = new_ceremony(context)
    options = await context.control.write(ask_to_verify, context.person, ceremony, context.at)
    return asked(context, ceremony, options)


@post("/verify", status_code=200, middleware=[limited(30)])
async def finish_verification(context: NamedDependency[PersonContext]) -> Response[Any]:
    if is_form(context.request):
        page = SignInPage(
            next_of(await typed_in(context.request), "/account"), reasons=NEEDS_SCRIPT
        )
        return render(context.request, "identity/verify.html", page, status=422)
    sent = await json_of(context.request)
    answer = context.session, credential_of(sent), ceremony_of(context), context.at
    if refusal := await context.control.write(verify, *answer):
        raise refusal
    return Response({"next": next_of(texts(sent), "/account")})


route_handlers: Final = [show_verify, ask_verification, finish_verification]
