"""Routes of the person's own page: passkeys, devices, language."""

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.db.control import Control
from daftari.identity import pages
from daftari.identity.actions import passkeys
from daftari.identity.actions.people import choose_language
from daftari.identity.actions.sessions import revoke_session
from daftari.identity.pages import SignInPage
from daftari.identity.routes.common import (
    credential_of,
    device_in,
    party_of,
)
from daftari.identity.rules import Person, Session
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Refusal
from daftari.settings import Settings
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, json_of, typed_in
from daftari.web.templates import render

ACCOUNT: Final = "/account"


@get(ACCOUNT)
async def show_account(
    request: AnyRequest,
    session: NamedDependency[Session],
    control: NamedDependency[Control],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    page = await control.read(pages.person_page, session, clock.now(), {})
    return render(request, "identity/account.html", page)


@get("/account/passkeys/new", verified=True)
async def show_new_passkey(
    request: AnyRequest, person: NamedDependency[Person], control: NamedDependency[Control]
) -> Response[Any]:
    page = SignInPage(next=await control.read(pages.home_path, person.id))
    return render(request, "identity/new_passkey.html", page)


@post("/account/passkeys/options", status_code=200, verified=True)
async def ask_passkey(
    person: NamedDependency[Person],
    control: NamedDependency[Control],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    arguments = person, party_of(settings), clock.now()
    return Response(await control.write(passkeys.ask_for_passkey, *arguments))


@post("/account/passkeys", verified=True)
async def finish_passkey(
    request: AnyRequest,
    person: NamedDependency[Person],
    control: NamedDependency[Control],
    settings: NamedDependency[Settings],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    credential = credential_of(await json_of(request))
    answer = credential, party_of(settings), device_in(request).name, clock.now()
    if not await control.write(passkeys.add_passkey, person, *answer):
        raise Refusal(form="passkey_not_accepted")
    return Response({"next": ACCOUNT}, status_code=201)


@post("/account/passkeys/{passkey:str}/name")
async def rename_passkey(
    request: AnyRequest,
    passkey: FromPath[str],
    session: NamedDependency[Session],
    control: NamedDependency[Control],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    typed = (await typed_in(request)).get("name", "")
    action = passkeys.rename_passkey, session.person.id, passkey, typed, clock.now()
    return await _do(request, session, control, clock, *action)


@post("/account/passkeys/{passkey:str}/removal", verified=True)
async def remove_passkey(
    request: AnyRequest,
    passkey: FromPath[str],
    session: NamedDependency[Session],
    control: NamedDependency[Control],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    with_its_sessions = "sign_out" in await typed_in(request)
    action = passkeys.remove_passkey, session, passkey, with_its_sessions, clock.now()
    return await _do(request, session, control, clock, *action)


@post("/account/sessions/{ended:str}/end")
async def end_session(
    request: AnyRequest,
    ended: FromPath[str],
    session: NamedDependency[Session],
    control: NamedDependency[Control],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    action = revoke_session, session.person.id, ended, clock.now()
    return await _do(request, session, control, clock, *action)


@post("/account/language")
async def change_language(
    request: AnyRequest,
    session: NamedDependency[Session],
    control: NamedDependency[Control],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    chosen = (await typed_in(request)).get("language", "")
    action = choose_language, session.person.id, chosen, clock.now()
    return await _do(request, session, control, clock, *action)


async def _do(
    request: AnyRequest,
    session: Session,
    control: Control,
    clock: Clock,
    verb: Callable[..., None],
    *args: Any,
) -> Response[Any]:
    """Run an action and redirect to the page; a refusal shows the page with its reasons."""
    try:
        await control.write(verb, *args)
    except Refusal as refusal:
        page = await control.read(pages.person_page, session, clock.now(), refusal.reasons)
        return render(request, "identity/account.html", page, status=422)
    return redirect_after_post(request, ACCOUNT)


route_handlers: Final = [
    show_account,
    show_new_passkey,
    ask_passkey,
    finish_passkey,
    rename_passkey,
    remove_passkey,
    end_session,
    change_language,
]
