"""Routes of the person's own page: name, passkeys, devices, language."""

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions import passkeys
from daftari.identity.actions.own_details import rename_person
from daftari.identity.actions.people import choose_language
from daftari.identity.actions.sessions import rename_device, revoke_session
from daftari.identity.guards.context import PersonContext
from daftari.identity.pages.former import former_page
from daftari.identity.pages.person import OWN_NAME, RefusedEdit, person_page
from daftari.identity.pages.signin import SignInPage, home_path
from daftari.identity.routes.ceremonies import asked, ceremony_of, new_ceremony
from daftari.identity.routes.common import NEEDS_SCRIPT, credential_of, is_form
from daftari.kernel.edits import Seen
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import json_of, typed_in
from daftari.web.templates import render
from daftari.web.view import former_mark

ACCOUNT: Final = "/account"


@get(ACCOUNT)
async def show_account(context: NamedDependency[PersonContext]) -> Response[Any]:
    page = await context.control.read(person_page, context.session, context.at, {})
    return render(context.request, "identity/account.html", page)


@get("/account/former/{former:str}")
async def show_former(
    context: NamedDependency[PersonContext], former: FromPath[str]
) -> Response[Any]:
    """What the phone had written for a shop that is closed to the person now."""
    mark = former_mark(context.request)
    shown = context.person, former, mark, context.at
    page = await context.control.read(former_page, *shown)
    return render(context.request, "identity/former.html", page)


@get("/account/passkeys/new", verified=True)
async def show_new_passkey(context: NamedDependency[PersonContext]) -> Response[Any]:
    page = SignInPage(next=await context.control.read(home_path, context.person.id))
    return render(context.request, "identity/new_passkey.html", page)


@post("/account/passkeys/options", status_code=200, verified=True)
async def ask_passkey(context: NamedDependency[PersonContext]) -> Response[Any]:
    ceremony = new_ceremony(context)
    arguments = context.person, ceremony, context.at
    options = await context.control.write(passkeys.ask_for_passkey, *arguments)
    return asked(context, ceremony, options)


@post("/account/passkeys", verified=True)
async def finish_passkey(context: NamedDependency[PersonContext]) -> Response[Any]:
    if is_form(context.request):
        home = await context.control.read(home_path, context.person.id)
        page = SignInPage(home, reasons=NEEDS_SCRIPT)
        return render(context.request, "identity/new_passkey.html", page, status=422)
    credential = credential_of(await json_of(context.request))
    answer = credential, ceremony_of(context), context.at
    if refusal := await context.control.write(passkeys.add_passkey, context.session, *answer):
        raise refusal
    return Response({"next": ACCOUNT}, status_code=201)


@post("/account/passkeys/{passkey:str}/name")
async def rename_passkey(
    context: NamedDependency[PersonContext], passkey: FromPath[str]
) -> Response[Any]:
    typed = await typed_in(context.request)
    action = passkeys.rename_passkey, context.person.id, passkey, typed.get("name", "")
    return await _edit(context, typed, passkey, *action)


@post("/account/passkeys/{passkey:str}/removal", verified=True)
async def remove_passkey(
    context: NamedDependency[PersonContext], passkey: FromPath[str]
) -> Response[Any]:
    with_its_sessions = "sign_out" in await typed_in(context.request)
    action = passkeys.remove_passkey, context.session, passkey, with_its_sessions, context.at
    return await _do(context, *action)


@post("/account/sessions/{named:str}/name")
async def rename_session(
    context: NamedDependency[PersonContext], named: FromPath[str]
) -> Response[Any]:
    typed = await typed_in(context.request)
    action = rename_device, context.person.id, named, typed.get("name", "")
    return await _edit(context, typed, named, *action)


@post("/account/sessions/{ended:str}/end")
async def end_session(
    context: NamedDependency[PersonContext], ended: FromPath[str]
) -> Response[Any]:
    action = revoke_session, context.person.id, ended, context.at
    return await _do(context, *action)


@post("/account/name")
async def rename_oneself(context: NamedDependency[PersonContext]) -> Response[Any]:
    typed = await typed_in(context.request)
    action = rename_person, context.session, typed.get("name", "")
    return await _edit(context, typed, OWN_NAME, *action)


@post("/account/language")
async def change_language(context: NamedDependency[PersonContext]) -> Response[Any]:
    typed = await typed_in(context.request)
    action = choose_language, context.person, typed.get("language", "")
    return await _edit(context, typed, "", *action)


async def _edit(
    context: PersonContext, typed: Typed, of_id: str, verb: Callable[..., None], *args: Any
) -> Response[Any]:
    """Change a state that a form showed; a refusal shows that form as typed."""
    try:
        await context.control.write(verb, *args, Seen.sent(typed), context.at)
    except Refusal as refusal:
        refused = RefusedEdit(typed, refusal, of_id)
        page = await context.control.read(person_page, context.session, context.at, {}, refused)
        return render(context.request, "identity/account.html", page, status_of(refusal))
    return redirect_after_post(context.request, ACCOUNT)


async def _do(context: PersonContext, verb: Callable[..., None], *args: Any) -> Response[Any]:
    """Run an action and redirect to the page; a refusal shows the page with its reasons."""
    try:
        await context.control.write(verb, *args)
    except Refusal as refusal:
        shown = context.session, context.at, refusal.reasons
        page = await context.control.read(person_page, *shown)
        return render(context.request, "identity/account.html", page, status=422)
    return redirect_after_post(context.request, ACCOUNT)


route_handlers: Final = [
    show_account,
    show_former,
    show_new_passkey,
    ask_passkey,
    finish_passkey,
    rename_passkey,
    remove_passkey,
    rename_session,
    end_session,
    rename_oneself,
    change_language,
]
