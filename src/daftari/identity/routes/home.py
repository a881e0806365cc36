"""Routes of the first page (landing page, or redirect to the book) and the help page."""

from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.identity.guards.context import RequestContext
from daftari.identity.pages.signin import SignUpPage, home_path
from daftari.identity.routes.common import device_in
from daftari.settings import Signup
from daftari.web.requests import AnyRequest
from daftari.web.templates import render


@get("/", public=True, optional_session=True)
async def show_home(context: NamedDependency[RequestContext]) -> Response[Any]:
    if context.session is not None:
        home = await context.control.read(home_path, context.session.person.id)
        return Redirect(home, status_code=303)
    is_open, is_known = context.settings.signup is Signup.OPEN, device_in(context).is_known
    page = SignUpPage(is_open, (), is_known_browser=is_known)
    return render(context.request, "identity/landing.html", page)


@get("/help", public=True, optional_session=True)
async def show_help(request: AnyRequest) -> Response[Any]:
    return render(request, "identity/help.html", None)


route_handlers: Final = [show_home, show_help]
