"""Routes of the first page (landing page, or redirect to the book) and the help page."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.identity.guards.context import PersonContext, RequestContext
from daftari.identity.pages.former import first_path
from daftari.identity.pages.signin import LandingPage, home_path
from daftari.identity.routes.common import device_in
from daftari.identity.rules.shortcuts import SHORTCUTS, place_of
from daftari.settings import Signup
from daftari.web.requests import LARGEST_FORM, AnyRequest
from daftari.web.templates import render
from daftari.web.uploads import LARGEST_UPLOAD, sent_in


@get("/", public=True, optional_session=True)
async def show_home(context: NamedDependency[RequestContext]) -> Response[Any]:
    if context.session is not None:
        home = await context.control.read(first_path, context.session.person.id, context.at)
        return Redirect(home, status_code=303)
    is_open, is_known = context.settings.signup is Signup.OPEN, device_in(context).is_known
    page = LandingPage(is_open, is_known, context.settings.origin)
    return render(context.request, "identity/landing.html", page)


@get(list(SHORTCUTS))
async def follow_shortcut(context: NamedDependency[PersonContext]) -> Redirect:
    """Redirect a shortcut of the installed app into the last shop."""
    request = context.request
    home = await context.control.read(home_path, context.person.id)
    shared = request.query_params.get("shared", "")
    return Redirect(place_of(request.url.path, home, shared), status_code=303)


@post("/share", is_share_target=True, request_max_body_size=LARGEST_UPLOAD)
async def post_share(context: NamedDependency[PersonContext]) -> Redirect:
    """Redirect to the form for what another app shares; the form says that it did not arrive.

    The service worker takes it (`js/worker/share.js`); it comes here only where that is missing.
    """
    sent = await sent_in(context.request, LARGEST_FORM)
    is_contact = "contact" in sent.files
    place = "new-customer?shared=contact" if is_contact else "new-entry?shared=photo"
    return Redirect(f"/open/{place}", status_code=303)


@get("/help", public=True, optional_session=True)
async def show_help(request: AnyRequest) -> Response[Any]:
    return render(request, "identity/help.html", None)


route_handlers: Final = [show_home, follow_shortcut, post_share, show_help]
