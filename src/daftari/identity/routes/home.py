"""Routes of the first page (landing page, or redirect to the book) and the help page."""

from typing import Any, Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Redirect

from daftari.db.control import Control
from daftari.identity import pages
from daftari.identity.pages import SignUpPage
from daftari.identity.rules import Session
from daftari.settings import Settings, Signup
from daftari.web.requests import AnyRequest
from daftari.web.templates import render


@get("/", public=True, recognises=True)
async def show_home(
    request: AnyRequest,
    visitor: NamedDependency[Session | None],
    control: NamedDependency[Control],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    if visitor is not None:
        home = await control.read(pages.home_path, visitor.person.id)
        return Redirect(home, status_code=303)
    page = SignUpPage(settings.signup is Signup.OPEN, ())
    return render(request, "identity/landing.html", page)


@get("/help", public=True, recognises=True)
async def show_help(request: AnyRequest) -> Response[Any]:
    return render(request, "identity/help.html", None)


route_handlers: Final = [show_home, show_help]
