"""Routes of the sign-in list, and of the answers about sign-ins on new phones."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.new_phones import answer_phone
from daftari.identity.forms.signins import read_phone_answer
from daftari.identity.guards.context import PersonContext
from daftari.identity.pages.signins import signins_page
from daftari.kernel.refusal import Refusal
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

SIGNINS: Final = "/account/signins"


@get(SIGNINS)
async def show_signins(context: NamedDependency[PersonContext]) -> Response[Any]:
    before = context.request.query_params.get("before", "")
    page = await context.control.read(signins_page, context.session, before, context.at, {})
    template = "_signins" if is_htmx(context.request) else "signins"
    return render(context.request, f"identity/{template}.html", page)


@post(f"{SIGNINS}/{{signin:str}}/answer")
async def answer_signin(
    context: NamedDependency[PersonContext], signin: FromPath[str]
) -> Response[Any]:
    """Say whose phone it was; after throwing it out the next page shows what is left."""
    try:
        said = read_phone_answer((await typed_in(context.request)).get("answer", ""))
        answer = context.session, signin, said, context.at
        place = await context.control.write(answer_phone, *answer)
    except Refusal as refusal:
        shown = context.session, "", context.at, refusal.reasons
        page = await context.control.read(signins_page, *shown)
        return render(context.request, "identity/signins.html", page, status=422)
    return redirect_after_post(context.request, place or SIGNINS)


route_handlers: Final = [show_signins, answer_signin]
