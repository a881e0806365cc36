"""Routes by which a second phone comes in: a link on the first one, a passkey on the second.

The token of the link stands in the fragment of its address, which no browser sends: it is in no
log of a proxy, and no preview of a messenger can spend it.
"""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.actions.phone_links import ask_to_join, join, make_phone_link
from daftari.identity.guards.context import PersonContext, RequestContext
from daftari.identity.pages.phone_links import LinkState, PhoneLinkPage, phone_link_page
from daftari.identity.pages.signin import SignInPage, home_path
from daftari.identity.routes.ceremonies import asked, ceremony_of, new_ceremony
from daftari.identity.routes.common import (
    NEEDS_SCRIPT,
    credential_of,
    device_in,
    for_the_phone,
    is_form,
    signed_in,
)
from daftari.kernel.refusal import Refusal
from daftari.web.hx import is_htmx
from daftari.web.qr import qr_code
from daftari.web.rate_limit import limited
from daftari.web.requests import json_of, texts
from daftari.web.templates import render

JOIN: Final = "/join"


@get("/account/phones/new", verified=True)
async def show_new_phone(context: NamedDependency[PersonContext]) -> Response[Any]:
    return _show(context, PhoneLinkPage(LinkState.NONE))


@post("/account/phones", status_code=200, verified=True, middleware=[limited(10)])
async def add_phone(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Make a link and show it, this once: its token is not stored."""
    token = await context.control.write(make_phone_link, context.session, context.at)
    link = f"{context.settings.origin}{JOIN}#{token}"
    return _show(context, PhoneLinkPage(LinkState.WAITING, link, qr_code(link)))


@get("/account/phones")
async def show_phone_link(context: NamedDependency[PersonContext]) -> Response[Any]:
    """What has become of the link; for htmx 204 while it waits, so that it stays where it is."""
    page = await context.control.read(phone_link_page, context.session, context.at)
    if not is_htmx(context.request):
        return _show(context, page)
    if page.is_waiting:
        return Response(b"", status_code=204)
    return render(context.request, "identity/_phone_link.html", page)


@get(JOIN, public=True, optional_session=True)
async def show_join(context: NamedDependency[RequestContext]) -> Response[Any]:
    """The second phone's page: the script reads the token from the fragment of its address."""
    return render(context.request, "identity/join.html", SignInPage())


@post(
    "/join/options", public=True, optional_session=True, status_code=200, middleware=[limited(20)]
)
async def ask_join(context: NamedDependency[RequestContext]) -> Response[Any]:
    _refuse_signed_in(context)
    token = texts(await json_of(context.request)).get("token", "")
    ceremony = new_ceremony(context)
    options = await context.control.write(ask_to_join, token, ceremony, context.at)
    return asked(context, ceremony, options)


@post(JOIN, public=True, optional_session=True, middleware=[limited(20)])
async def finish_join(context: NamedDependency[RequestContext]) -> Response[Any]:
    if is_form(context.request):
        page = SignInPage(reasons=NEEDS_SCRIPT)
        return render(context.request, "identity/join.html", page, status=422)
    _refuse_signed_in(context)
    credential = credential_of(await json_of(context.request))
    answer = credential, ceremony_of(context), device_in(context), context.at
    joined = await context.control.write(join, *answer)
    if isinstance(joined, Refusal):
        raise joined
    person_id, token = joined
    home = await context.control.read(home_path, person_id)
    payload = {"next": home, **for_the_phone(context, person_id)}
    return await signed_in(context, Response(payload, status_code=201), token)


def _refuse_signed_in(context: RequestContext) -> None:
    """A link neither changes nor hides who is signed in already."""
    if context.session is not None:
        raise Refusal(form="already_signed_in")


def _show(context: PersonContext, page: PhoneLinkPage) -> Response[Any]:
    return render(context.request, "identity/phone_link.html", page)


route_handlers: Final = [
    show_new_phone,
    add_phone,
    show_phone_link,
    show_join,
    ask_join,
    finish_join,
]
