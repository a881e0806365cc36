"""Routes of invitations: made and shown by who manages people, accepted by who is invited.

The token stands in the path of `/join/{token}`. Our log has routes and no paths; the page sends no
referrer, and looking at it spends nothing, so that a preview of a messenger does no harm.
"""

from dataclasses import replace
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from daftari.identity.actions import invitations
from daftari.identity.actions.invitations import newcomer, open_for
from daftari.identity.forms.invitation import read_invite, read_newcomer
from daftari.identity.guards.context import RequestContext, ShopContext
from daftari.identity.pages.invitations import (
    InvitationPage,
    InvitedPage,
    invitation_page,
    invite_page,
    invited_page,
)
from daftari.identity.pages.signin import Reasons
from daftari.identity.routes.ceremonies import asked, ceremony_of, new_ceremony
from daftari.identity.routes.common import (
    NEEDS_SCRIPT,
    credential_of,
    for_the_phone,
    is_form,
    signed_in,
)
from daftari.identity.rules import Permission
from daftari.identity.rules.invitations import token_of
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.qr import qr_code
from daftari.web.rate_limit import limited
from daftari.web.requests import json_of, texts, typed_in
from daftari.web.templates import render
from daftari.web.view import language_of

_INVITATIONS: Final = "/s/{shop:str}/more/people/invitations"
_INVITATION: Final = _INVITATIONS + "/{invitation:str}"
_JOIN: Final = "/join/{token:str}"
_SECRET: Final = "invitations"


@get(_INVITATIONS, may=Permission.MANAGE_PEOPLE)
async def show_invite(context: NamedDependency[ShopContext]) -> Response[Any]:
    await context.read_frame()
    return render(context.request, "identity/invite.html", invite_page(context.member))


@post(_INVITATIONS, may=Permission.MANAGE_PEOPLE)
async def post_invitation(context: NamedDependency[ShopContext]) -> Response[Any]:
    typed = await typed_in(context.request)
    try:
        invited = read_invite(typed, context.derived(_SECRET))
        await context.control.write(
            invitations.invite, context.member, invited, context.clock.now()
        )
    except Refusal as refusal:
        await context.read_frame()
        page = invite_page(context.member, typed, refusal.reasons)
        return render(context.request, "identity/invite.html", page, status_of(refusal))
    place = f"{context.member.shop.home}/more/people/invitations/{invited.id}"
    return redirect_after_post(context.request, place, saved=False)


@get(_INVITATION, may=Permission.MANAGE_PEOPLE)
async def show_invitation(
    context: NamedDependency[ShopContext], invitation: FromPath[str]
) -> Response[Any]:
    """What has become of it; for htmx 204 while it is open, so that the code stays where it is."""
    page = await context.control.read(invitation_page, context.member, invitation, context.at)
    if is_htmx(context.request):
        if page.is_open:
            return Response(b"", status_code=204)
        return render(context.request, "identity/_invitation.html", page)
    await context.read_frame()
    return render(context.request, "identity/invitation.html", _with_link(context, page))


@post(f"{_INVITATION}/removal", may=Permission.MANAGE_PEOPLE)
async def revoke_invitation(
    context: NamedDependency[ShopContext], invitation: FromPath[str]
) -> Response[Any]:
    await context.control.write(invitations.revoke, context.member, invitation, context.at)
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/people")


@get(_JOIN, public=True, optional_session=True, middleware=[limited(60)])
async def show_invited(
    context: NamedDependency[RequestContext], token: FromPath[str]
) -> Response[Any]:
    return await _show(context, token)


@post(
    f"{_JOIN}/options",
    public=True,
    optional_session=True,
    status_code=200,
    middleware=[limited(30)],
)
async def ask_accept(
    context: NamedDependency[RequestContext], token: FromPath[str]
) -> Response[Any]:
    _refuse_signed_in(context)
    typed = texts(await json_of(context.request))
    _, shop = await context.control.read(open_for, token, context.at)
    person = newcomer(*read_newcomer(typed, shop.country), language_of(context.request))
    ceremony = new_ceremony(context)
    arguments = token, person, ceremony, context.at
    options = await context.control.write(invitations.ask_to_accept, *arguments)
    return asked(context, ceremony, options)


@post(_JOIN, public=True, optional_session=True, middleware=[limited(30)])
async def finish_accept(
    context: NamedDependency[RequestContext], token: FromPath[str]
) -> Response[Any]:
    if is_form(context.request):
        typed = await typed_in(context.request)
        return await _show(context, token, typed, NEEDS_SCRIPT, 422)
    _refuse_signed_in(context)
    credential = credential_of(await json_of(context.request))
    answer = token, credential, ceremony_of(context), context.clock.now()
    accepted = await context.control.write(invitations.accept_anew, *answer)
    if isinstance(accepted, Refusal):
        raise accepted
    person_id, shop_id, session = accepted
    payload = {"next": f"/s/{shop_id}/", **for_the_phone(context, person_id)}
    return await signed_in(context, Response(payload, status_code=201), session)


@post(f"{_JOIN}/acceptance", public=True, optional_session=True, middleware=[limited(30)])
async def accept_signed_in(
    context: NamedDependency[RequestContext], token: FromPath[str]
) -> Response[Any]:
    """One tap of who is signed in; who is not is shown how to come in."""
    if context.session is None:
        return Redirect(f"/join/{token}", status_code=303)
    answer = token, context.session, context.clock.now()
    try:
        shop = await context.control.write(invitations.accept_signed_in, *answer)
    except Refusal as refusal:
        return await _show(context, token, {}, refusal.reasons, 422)
    return redirect_after_post(context.request, f"{shop.home}/", saved=False)


async def _show(
    context: RequestContext,
    token: str,
    typed: Typed | None = None,
    reasons: Reasons | None = None,
    status: int = 200,
) -> Response[Any]:
    reader = context.session.person if context.session else None
    page: InvitedPage = await context.control.read(
        invited_page, token, reader, context.at, typed, reasons
    )
    if status == 200 and not page.is_open:
        status = 404
    return render(context.request, "identity/invited.html", page, status)


def _refuse_signed_in(context: RequestContext) -> None:
    """Who is signed in makes no second identity, but accepts with one tap."""
    if context.session is not None:
        raise Refusal(form="already_signed_in")


def _with_link(context: ShopContext, page: InvitationPage) -> InvitationPage:
    """The page with the link, while it can be used; its token is made anew from the id."""
    if not page.is_open:
        return page
    link = f"{context.settings.origin}/join/{token_of(context.derived(_SECRET), page.id)}"
    return replace(page, link=link, code=qr_code(link))


route_handlers: Final = [
    show_invite,
    post_invitation,
    show_invitation,
    revoke_invitation,
    show_invited,
    ask_accept,
    finish_accept,
    accept_signed_in,
]
