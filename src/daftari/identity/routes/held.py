"""Routes of held sessions: off the counter, out of the lock, and the lock's setting."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.identity.actions.held import end_counter, set_lock
from daftari.identity.actions.passkeys import verify
from daftari.identity.forms.held import read_lock
from daftari.identity.guards.context import PersonContext
from daftari.identity.pages.signin import SignInPage
from daftari.identity.routes.ceremonies import ceremony_of
from daftari.identity.routes.common import NEEDS_SCRIPT, credential_of, is_form, next_of
from daftari.identity.rules import LONGEST
from daftari.identity.rules.held import (
    COUNTER_COOKIE,
    COUNTER_END,
    LOCK_COOKIE,
    LOCK_PAGE,
    LOCKED_COOKIE,
    HoldKind,
)
from daftari.web.hx import redirect_after_post
from daftari.web.rate_limit import limited
from daftari.web.requests import json_of, texts, typed_in
from daftari.web.templates import render


@get(COUNTER_END, even_if=(HoldKind.COUNTER,))
async def show_way_out(context: NamedDependency[PersonContext]) -> Response[Any]:
    """The way off the counter alone, where the account is not this person's to see any more."""
    return render(context.request, "identity/off_counter.html", SignInPage("/"))


@post(COUNTER_END, status_code=200, even_if=(HoldKind.COUNTER,), middleware=[limited(30)])
async def leave_counter(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Take the phone off the counter, with the passkey; back to the account."""
    account = context.session.counter_path.removesuffix("/counter") or "/"
    if is_form(context.request):
        return redirect_after_post(
            context.request, context.session.counter_path or "/", saved=False
        )
    sent = await json_of(context.request)
    answer = context.session, credential_of(sent), ceremony_of(context), context.at
    if refusal := await context.control.write(end_counter, *answer):
        raise refusal
    done: Response[Any] = Response({"next": account})
    for held in (COUNTER_COOKIE, LOCKED_COOKIE):
        done.delete_cookie(held)
    return done


@get(LOCK_PAGE, even_if=(HoldKind.LOCK,))
async def show_lock(context: NamedDependency[PersonContext]) -> Response[Any]:
    page = SignInPage(next_of(context.request.query_params, "/"))
    if not context.request.cookies.get(LOCKED_COOKIE):
        return Redirect(page.next, status_code=303)
    return render(context.request, "identity/locked.html", page)


@post("/lock/end", status_code=200, even_if=(HoldKind.LOCK,), middleware=[limited(30)])
async def unlock(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Open the locked device with the passkey."""
    if is_form(context.request):
        back = next_of(await typed_in(context.request), "/")
        page = SignInPage(back, reasons=NEEDS_SCRIPT)
        return render(context.request, "identity/locked.html", page, status=422)
    sent = await json_of(context.request)
    answer = context.session, credential_of(sent), ceremony_of(context), context.at
    if refusal := await context.control.write(verify, *answer):
        raise refusal
    done: Response[Any] = Response({"next": next_of(texts(sent), "/")})
    done.delete_cookie(LOCKED_COOKIE)
    return done


@post("/account/lock")
async def change_lock(context: NamedDependency[PersonContext]) -> Response[Any]:
    """Set after how many minutes this device locks itself."""
    typed = await typed_in(context.request)
    minutes = read_lock(typed.get("minutes", ""))
    await context.control.write(set_lock, context.session, minutes, context.at)
    answer = redirect_after_post(context.request, "/account#lock")
    lasts = int(LONGEST.total_seconds()) if minutes else 0
    secure = context.settings.is_https
    cookie = Cookie(LOCK_COOKIE, "/", str(minutes), lasts, secure=secure, samesite="lax")
    answer.set_cookie(cookie)
    return answer


route_handlers: Final = [show_way_out, leave_counter, show_lock, unlock, change_lock]
